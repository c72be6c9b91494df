using System.Diagnostics;
using GameDay.Benchmarks.Cluster;
using GameDay.Benchmarks.Stage;
using GameDay.Web.CommandLine.Up;

namespace GameDay.Benchmarks.SandboxItself;

/// <summary>A sandbox with nothing else of the product, whose start, processor time and memory are measured.</summary>
internal sealed class LoneSandbox : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly Home _home = new();
    private readonly Actor _process;

    private LoneSandbox(Layout layout) => _process = new Actor(
        "The sandbox", _home.Log("sandbox"), ["dotnet", layout.Sandbox, "--port", "0", "--data", _home.Path, "--exit-with-parent"], new Dictionary<string, string>());

    public string Kubeconfig => _home.Below("sandbox.kubeconfig");

    public KubeApi Api { get; private set; } = null!;

    /// <summary>From the start of the process until it says that the whole shop is available.</summary>
    public TimeSpan StartedIn { get; private set; }

    /// <summary>With the shop's customers, who would take the processor from what is measured, sent home.</summary>
    public static async Task<LoneSandbox> StartAsync(CancellationToken ct)
    {
        var sandbox = new LoneSandbox(Layout.FromEnvironment());
        try
        {
            var began = Stopwatch.GetTimestamp();
            sandbox._process.Start();
            await sandbox._process.UntilAsync(() => Task.FromResult(sandbox._process.LastLine.Contains("sandbox ready", StringComparison.Ordinal)), Patience, ct);
            sandbox.StartedIn = Stopwatch.GetElapsedTime(began);
            sandbox.Api = new KubeApi(sandbox.Kubeconfig, connections: 10);
            foreach (var deployment in await sandbox.Api.ListAsync("apis/apps/v1/namespaces/shop/deployments", ct))
                await sandbox.Api.PatchAsync($"apis/apps/v1/namespaces/shop/deployments/{deployment.Name()}/scale", """{"spec":{"replicas":0}}""", ct);
            return sandbox;
        }
        catch
        {
            sandbox._home.Keep = true;
            await sandbox.DisposeAsync();
            throw;
        }
    }

    /// <summary>Processor time so far, all threads.</summary>
    public TimeSpan Processor()
    {
        using var process = Process.GetProcessById(_process.Id);
        return process.TotalProcessorTime;
    }

    /// <summary>What it really holds, after a full collection.</summary>
    public async Task<long> LiveBytesAsync(CancellationToken ct) => (await Api.GetAsync("_sandbox/memory", ct))["liveBytes"]!.GetValue<long>();

    public async ValueTask DisposeAsync()
    {
        Api?.Dispose();
        await _process.DisposeAsync();
        _home.Dispose();
    }
}
