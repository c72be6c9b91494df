using System.Text;
using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace GameDay.UnitTests.Sandbox;

/// <summary>Runs every scheduled pod at once and ends it at once: for tests of the API and the controllers alone.</summary>
internal sealed class FakeKubelet(ClusterStore store) : BackgroundService, IPodRuntime
{
    private int addresses;

    public async Task<int> ExecAsync(
        string ns, string pod, string container, IReadOnlyList<string> command, Stream stdin, Stream stdout, Stream stderr, CancellationToken ct)
    {
        switch (command[0])
        {
            case "cat":
                await stdin.CopyToAsync(stdout, ct);
                return 0;
            case "fail":
                await stderr.WriteAsync(Encoding.UTF8.GetBytes("no\n"), ct);
                return 7;
            default:
                await stdout.WriteAsync(Encoding.UTF8.GetBytes(string.Join(' ', command) + "\n"), ct);
                return 0;
        }
    }

    public async IAsyncEnumerable<LogLine> LogsAsync(
        string ns, string pod, string container, LogOptions options, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await Task.Yield();
        yield return new LogLine(DateTimeOffset.UnixEpoch, $"hello from {pod}/{container}");
    }

    public Task ProxyAsync(HttpContext context, string podIp, int port, string path) =>
        context.Response.WriteAsync($"{podIp}:{port}{path}");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var change in store.Watch(ResourceTypes.Pods, cancellationToken: stoppingToken))
            {
                if (change.Type != StoreEvent.Deleted && change.Object.Text("spec", "nodeName") is { Length: > 0 })
                {
                    Run(change.Object);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            addresses = 0;
        }
    }

    private void Run(JsonObject pod)
    {
        if (pod.IsDeleting())
        {
            store.TryDelete(ResourceTypes.Pods, pod.Namespace(), pod.Name(), DeleteOptions.Now with { Uid = pod.Uid() });
            return;
        }

        if (pod.Text("status", "phase") == "Pending" && pod.At("metadata", "annotations", "test/stuck") is null)
        {
            var ip = $"127.99.1.{++addresses}";
            store.TryMutate(ResourceTypes.Pods, pod.Namespace(), pod.Name(), item => Start(item, ip), pod.Uid());
        }
    }

    private void Start(JsonObject item, string ip)
    {
        var status = item.Ensure("status");
        status["phase"] = "Running";
        status["podIP"] = ip;
        status["containerStatuses"] = new JsonArray([.. item.Items("spec", "containers").Select(container => new JsonObject
        {
            ["name"] = container.Text("name"),
            ["ready"] = true,
            ["restartCount"] = 0,
            ["image"] = container.Text("image"),
            ["imageID"] = "",
            ["state"] = new JsonObject { ["running"] = new JsonObject { ["startedAt"] = store.Clock.GetUtcNow().ToKubernetesTime() } },
        })]);
        Conditions.Set(item, "Ready", "True", store.Clock.GetUtcNow());
    }
}
