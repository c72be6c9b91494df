using System.Diagnostics;
using GameDay.Faults;
using GameDay.IntegrationTests.Sandbox;
using GameDay.Kubernetes;
using Shouldly;

namespace GameDay.IntegrationTests.Kubernetes;

/// <summary>The sandbox as a process of its own, with the real agent; one for all tests of the collection.</summary>
public sealed class RunningSandbox : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly string _directory = Directory.CreateTempSubdirectory("gameday-sandbox-").FullName;
    private Process? _process;

    public string Kubeconfig => Path.Combine(_directory, "sandbox.kubeconfig");

    public KubernetesClient Client { get; private set; } = null!;

    public ClusterConnections Clusters { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "GameDay.Sandbox.dll");
        var agent = Path.Combine(AppContext.BaseDirectory, "gameday-agent");
        var start = new ProcessStartInfo("dotnet", [program, "--port", "0", "--data", _directory, "--agent", agent]) { UseShellExecute = false, RedirectStandardOutput = true };
        _process = Process.Start(start)!;
        var line = await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        line.ShouldNotBeNull().ShouldStartWith("sandbox ready");
        Client = new(KubernetesClientConfiguration.FromKubeConfig(Kubeconfig) with { ClusterName = "sandbox" });
        Clusters = new([new ClusterSource("sandbox", IsSandbox: true, Kubeconfig)], TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        Clusters?.Dispose();
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>Its API is away for this long: the process is stopped and goes on where it was.</summary>
    public async Task FreezeAsync(TimeSpan duration)
    {
        await Finished.RunAsync("kill", ["-STOP", $"{_process!.Id}"]);
        await Task.Delay(duration);
        await Finished.RunAsync("kill", ["-CONT", $"{_process.Id}"]);
    }

    public async Task<IReadOnlyList<V1Pod>> PodsAsync(string app) =>
        [.. (await Client.ListAsync<V1Pod>("shop", $"app={app}")).Items.Where(pod => pod.IsAlive && pod.IsReady).OrderBy(pod => pod.Metadata.Name, StringComparer.Ordinal)];

    /// <summary>Reads until the reading is there, with a generous deadline.</summary>
    public static async Task<T> EventuallyAsync<T>(Func<Task<T>> read, Func<T, bool> good, string what)
    {
        var started = Stopwatch.StartNew();
        while (true)
        {
            var reading = await read();
            if (good(reading))
                return reading;
            started.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(150), what);
            await Task.Delay(100);
        }
    }

    public Task<IReadOnlyList<V1Pod>> ReadyAsync(string app, int count) => EventuallyAsync(() => PodsAsync(app), pods => pods.Count == count, $"{count} ready pods of {app}");
}

// Two sandboxes under load at once would measure each other.
[CollectionDefinition("sandbox", DisableParallelization = true)]
public sealed class SandboxCollection : ICollectionFixture<RunningSandbox>;
