using System.Net;
using System.Net.Sockets;

namespace GameDay.Web.CommandLine.Up;

/// <summary>
/// The machine's own Prometheus and Alertmanager, watching the sandbox: on loopback, on free ports, their data below the state directory and
/// new each time, because the sandbox's world is. They end when we do, however we end.
/// </summary>
public sealed class Monitoring(Layout layout, Action<string> progress) : IAsyncDisposable
{
    private const int MostFalls = 3;
    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<ChildProcess> _programs = [];
    private Task _watching = Task.CompletedTask;

    public const string InstallCommand = "sudo apt-get install -y --no-install-recommends prometheus prometheus-alertmanager";

    public static bool IsInstalled => Programs.Find("prometheus") is not null && Programs.Find("prometheus-alertmanager") is not null;

    public string Prometheus { get; private set; } = "";

    public string Alertmanager { get; private set; } = "";

    /// <summary>What the app needs to use them.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Prometheus__BaseAddress"] = Prometheus, ["Alertmanager__BaseAddress"] = Alertmanager };

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
        foreach (var program in _programs) await program.DisposeAsync();
        _stopping.Dispose();
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
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Everything stops.
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
