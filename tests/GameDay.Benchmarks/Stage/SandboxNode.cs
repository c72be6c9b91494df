using GameDay.Benchmarks.Cluster;
using GameDay.Web.CommandLine.Up;

namespace GameDay.Benchmarks.Stage;

/// <summary>The sandbox alone, for benches of the client and of itself: its shop is switched off, so that only what is measured asks it anything.</summary>
internal sealed class SandboxNode : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly IReadOnlyDictionary<string, string> NoVariables = new Dictionary<string, string>();
    private readonly Actor _process;

    private SandboxNode(Home home, Layout layout)
    {
        Home = home;
        _process = new Actor("The sandbox", home.Log("sandbox"), ["dotnet", layout.Sandbox, "--port", "0", "--data", home.Path, "--agent", layout.Agent, "--exit-with-parent"], NoVariables);
    }

    public Home Home { get; }

    public string Kubeconfig => Home.Below("sandbox.kubeconfig");

    public KubeApi Api { get; private set; } = null!;

    public int ProcessId => _process.Id;

    /// <summary>From the start of the process until it says that the whole shop is available.</summary>
    public TimeSpan StartedIn { get; private set; }

    public static async Task<SandboxNode> StartAsync(CancellationToken ct)
    {
        var node = new SandboxNode(new Home(), Layout.FromEnvironment());
        var began = TimeProvider.System.GetTimestamp();
        node._process.Start();
        await node._process.UntilAsync(() => Task.FromResult(node._process.LastLine.Contains("sandbox ready", StringComparison.Ordinal)), Patience, ct);
        node.StartedIn = TimeProvider.System.GetElapsedTime(began);
        node.Api = new KubeApi(node.Kubeconfig);
        foreach (var deployment in await node.Api.ListAsync("apis/apps/v1/namespaces/shop/deployments", ct))
            await node.Api.PatchAsync($"apis/apps/v1/namespaces/shop/deployments/{deployment.Name()}/scale", """{"spec":{"replicas":0}}""", ct);
        return node;
    }

    /// <summary>Processor time so far, all threads.</summary>
    public TimeSpan Processor()
    {
        using var process = System.Diagnostics.Process.GetProcessById(ProcessId);
        return process.TotalProcessorTime;
    }

    /// <summary>What it really holds, after a full collection.</summary>
    public async Task<long> LiveBytesAsync(CancellationToken ct) => (await Api.GetAsync("_sandbox/memory", ct))["liveBytes"]!.GetValue<long>();

    public async ValueTask DisposeAsync()
    {
        Api?.Dispose();
        await _process.DisposeAsync();
        Home.Dispose();
    }
}
