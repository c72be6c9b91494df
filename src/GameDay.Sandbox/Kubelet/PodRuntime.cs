using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using GameDay.Sandbox.Network;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Kubelet;

/// <summary>What the API server asks of a kubelet: exec, logs, proxy.</summary>
public sealed class PodRuntime(ClusterStore store, Kubelets kubelets, PodNetwork network, Caller host) : IPodRuntime, IDisposable
{
    private readonly PodProxy _proxy = new(network, host);

    public async Task<int> ExecAsync(
        string ns, string pod, string container, IReadOnlyList<string> command, Stream stdin, Stream stdout, Stream stderr, CancellationToken cancellationToken)
    {
        var found = Find(ns, pod, container);
        if (found.Agent is not { } agent)
        {
            await using var output = new StreamWriter(stdout, new UTF8Encoding(false), leaveOpen: true) { AutoFlush = true };
            await using var errors = new StreamWriter(stderr, new UTF8Encoding(false), leaveOpen: true) { AutoFlush = true };
            return await new PodCommands(network, found.Endpoint, found.Container, output, errors).RunAsync(command, cancellationToken);
        }

        if (!agent.IsRunning)
        {
            throw new ApiException(500, "InternalError", $"container not found (\"{container}\")");
        }

        return agent.PrepareExec(command) is { } start
            ? await RunAsync(start, stdin, stdout, stderr, cancellationToken)
            : await PodCommands.NotFoundAsync(command[0], stderr);
    }

    public IAsyncEnumerable<LogLine> LogsAsync(string ns, string pod, string container, LogOptions options, CancellationToken cancellationToken)
    {
        var found = Find(ns, pod, container);
        var name = found.Container.Text("name");
        var log = found.Agent?.Log ?? found.Worker?.Shop.FirstOrDefault(c => c.Name == name)?.Log;
        return log?.ReadAsync(options, cancellationToken) ?? AsyncEnumerable.Empty<LogLine>();
    }

    public Task ProxyAsync(HttpContext context, string podIp, int port, string path) => _proxy.ForwardAsync(context, podIp, port, path);

    public void Dispose() => _proxy.Dispose();

    private static async Task<int> RunAsync(ProcessStartInfo start, Stream stdin, Stream stdout, Stream stderr, CancellationToken ct)
    {
        using var process = Process.Start(start)!;
        await using var kill = ct.Register(() => process.Kill());
        _ = FeedAsync(stdin, process, ct);
        await Task.WhenAll(
            process.StandardOutput.BaseStream.CopyToAsync(stdout, CancellationToken.None),
            process.StandardError.BaseStream.CopyToAsync(stderr, CancellationToken.None),
            process.WaitForExitAsync(CancellationToken.None));
        return process.ExitCode;
    }

    private static async Task FeedAsync(Stream stdin, Process process, CancellationToken ct)
    {
        try
        {
            await stdin.CopyToAsync(process.StandardInput.BaseStream, ct);
            process.StandardInput.Close();
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            return; // the process ended before its input did
        }
    }

    private Found Find(string ns, string name, string container)
    {
        var pod = store.Get(ResourceTypes.Pods, ns, name);
        if (kubelets.IsSilent(pod.Text("spec", "nodeName") ?? ""))
        {
            throw new ApiException(500, "InternalError", $"error dialing backend: dial tcp {pod.Text("status", "hostIP")}:10250: connect: connection refused");
        }

        var worker = kubelets.Worker(pod.Uid());
        var spec = pod.Items("spec", "containers").FirstOrDefault(c => container.Length == 0 || c.Text("name") == container);
        var agent = worker?.Agents.FirstOrDefault(a => a.Status.Name == container);
        if ((spec is null && agent is null) || PodEndpoint.From(pod) is not { } endpoint)
        {
            throw ApiException.BadRequest($"container {container} is not valid for pod {name}");
        }

        return new Found(endpoint, worker, agent, spec ?? []);
    }

    private sealed record Found(PodEndpoint Endpoint, PodWorker? Worker, AgentContainer? Agent, JsonObject Container);
}
