using System.Net;
using System.Net.Sockets;

namespace GameDay.Web.CommandLine.Up;

/// <summary>
/// The machine's own Prometheus and Alertmanager, watching the sandbox: on loopback, on free ports, their data below the state directory and
/// new each time, because the sandbox's world is. They end when we do, however we end.
/// Nothing depends on them, so nothing that happens to them reaches our caller but as a line that says so.
/// </summary>
public sealed class Monitoring(Layout layout, Action<string> progress) : IAsyncDisposable
{
    private const int MostFalls = 3;
    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<ChildProcess> _programs = [];
    private Task _watching = Task.CompletedTask;

    /// <summary>The setting that names somebody's Prometheus.</summary>
    public const string PrometheusAddress = "Prometheus__BaseAddress";

    public const string InstallCommand = "sudo apt-get install -y --no-install-recommends prometheus prometheus-alertmanager";

    public static bool IsInstalled => Programs.Find("prometheus") is not null && Programs.Find("prometheus-alertmanager") is not null;

    public string Prometheus { get; private set; } = "";

    public string Alertmanager { get; private set; } = "";

    /// <summary>What the app needs to use them, but for what <paramref name="environment"/> names already: the user's own are asked then.</summary>
    public Dictionary<string, string> Settings(Func<string, string?> environment) =>
        new Dictionary<string, string> { [PrometheusAddress] = Prometheus, ["Alertmanager__BaseAddress"] = Alertmanager }.Where(s => environment(s.Key) is not { Length: > 0 }).ToDictionary();

    /// <summary>Both, started; null when they could not be, which <paramref name="progress"/> was told.</summary>
    public static async Task<Monitoring?> StartedOrNoneAsync(Layout layout, Action<string> progress)
    {
        var monitoring = new Monitoring(layout, progress);
        try
        {
            monitoring.Start();
            return monitoring;
        }
        catch (Exception e)
        {
            progress($"Prometheus and Alertmanager could not be started; going on without alerts and PromQL: {e.Message}");
            await monitoring.DisposeAsync();
            return null;
        }
    }

    /// <summary>Starts both; neither is waited for. The sandbox's kubeconfig must be there.</summary>
    public void Start()
    {
        var files = MonitoringFiles.Write(layout, FreePort(), FreePort(), Programs.Contains(Programs.Find("prometheus")!, "__meta_kubernetes_pod_name"u8));
        (Prometheus, Alertmanager) = ($"http://{files.Prometheus}", $"http://{files.Alertmanager}");
        _programs.Add(Program("Alertmanager", "prometheus-alertmanager",
            ["--config.file", files.AlertmanagerConfig, "--storage.path", files.Data("alertmanager"), "--web.listen-address", files.Alertmanager, "--cluster.listen-address="]));
        _programs.Add(Program("Prometheus", "prometheus",
            ["--config.file", files.PrometheusConfig, "--storage.tsdb.path", files.Data("prometheus"), "--storage.tsdb.retention.time", "1d", "--web.listen-address", files.Prometheus, "--log.level", "warn"]));
        foreach (var program in _programs) program.Start();
        _watching = Task.WhenAll(_programs.Select(KeepAliveAsync));
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _watching;
        await Task.WhenAll(_programs.Select(StopAsync));
        _stopping.Dispose();
    }

    private async Task StopAsync(ChildProcess program)
    {
        try
        {
            await program.DisposeAsync();
        }
        catch (Exception e)
        {
            progress($"{program.Name} could not be stopped; it ends with this process: {e.Message}");
        }
    }

    private ChildProcess Program(string name, string program, string[] arguments) => new(name, Path.Combine(layout.Logs, $"{program}.log"),
        [Path.Combine(layout.Root, "eng/with-parent.sh"), Programs.Find(program)!, .. arguments], new Dictionary<string, string>());

    /// <summary>One that fell is started again; one that falls each time is given up: exercises run without it.</summary>
    private async Task KeepAliveAsync(ChildProcess program)
    {
        try
        {
            for (var falls = 0; falls < MostFalls; falls++)
            {
                await program.Exited.WaitAsync(_stopping.Token);
                await Task.Delay(Breath, _stopping.Token);
                program.Start();
            }
            await program.Exited.WaitAsync(_stopping.Token);
            progress($"{program.Name} ended {MostFalls + 1} times; going on without it (log: {program.LogFile}):\n  {program.LastLines}");
        }
        catch (Exception) when (_stopping.IsCancellationRequested)
        {
            // Everything stops.
        }
        catch (Exception e)
        {
            progress($"{program.Name} ended and could not be started again; going on without it: {e.Message}");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
