using System.Net;
using System.Net.Sockets;
using GameDay.Domain;
using GameDay.Migrations;
using GameDay.Web.Hosting;

namespace GameDay.Web.CommandLine.Up;

/// <param name="Port">Port of the app on 127.0.0.1; 0 picks a free one.</param>
/// <param name="Kubeconfig">A real cluster's kubeconfig, always named, never taken from the environment; null uses the sandbox.</param>
/// <param name="Cluster">Context in that kubeconfig.</param>
public sealed record UpOptions(int Port, string? Kubeconfig = null, string? Cluster = null);

/// <summary>PostgreSQL, sandbox, its Prometheus, reaper and app as processes of their own, started in order and stopped in reverse.</summary>
public sealed class Session(Layout layout, UpOptions options, Action<string> progress) : IAsyncDisposable
{
    /// <summary>Set to <c>off</c>: the sandbox gets no Prometheus.</summary>
    private const string MonitoringSwitch = "GAMEDAY_MONITORING";
    private const string FirstAdministratorPath = "/first-administrator?key=";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private FileStream? _lock;
    private PrivatePostgres? _postgres;
    private ChildProcess? _sandbox;
    private ChildProcess? _reaper;
    private ChildProcess? _app;
    private Monitoring? _monitoring;
    private readonly CancellationTokenSource _stopping = new();

    public string Url { get; private set; } = "";

    /// <summary>Path of the one-time page that makes the first administrator; null when there is one, or with the demo sign-ins.</summary>
    public string? FirstAdministrator { get; private set; }

    /// <summary>The sandbox's Prometheus; null when there is none of ours.</summary>
    public string? Prometheus => _monitoring?.Prometheus;

    /// <summary>Ends when the app has died and could not be started again.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    public async Task StartAsync(CancellationToken ct)
    {
        Directory.CreateDirectory(layout.Logs);
        _lock = TakeLock();
        var port = FreePort(options.Port);
        Url = $"http://127.0.0.1:{port}";
        var connection = await DatabaseAsync(ct);
        progress(options.Kubeconfig is null ? "Starting the sandbox and the app ..." : "Starting the app ...");
        _sandbox = options.Kubeconfig is null ? StartSandbox() : null;
        await DatabaseMigrator.ApplyAsync(connection, ct);
        if (_sandbox is not null) await _sandbox.WaitAsync(() => Task.FromResult(_sandbox.LastLines.Contains("sandbox ready", StringComparison.Ordinal)), Patience, ct);
        await StartMonitoringAsync();
        _reaper = ReaperProcess(await InstallationRow.ReadAsync(connection, ct));
        _reaper.Start();
        _app = AppProcess(port, connection);
        await StartAppAsync(ct);
        var stop = CancellationTokenSource.CreateLinkedTokenSource(ct, _stopping.Token).Token;
        Ended = Task.WhenAny(KeepAppAliveAsync(stop), KeepReaperAliveAsync(stop)).Unwrap();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        if (_app is not null) await _app.DisposeAsync();
        // After the app, which ends what is in place: until then the reaper is who ends it when the app cannot.
        if (_reaper is not null) await _reaper.DisposeAsync();
        if (_monitoring is not null) await _monitoring.DisposeAsync();
        if (_sandbox is not null) await _sandbox.DisposeAsync();
        if (_postgres is not null) await _postgres.StopAsync(CancellationToken.None);
        if (_lock is null) return;
        File.Delete(layout.Running);
        await _lock.DisposeAsync();
    }

    private async Task<string> DatabaseAsync(CancellationToken ct)
    {
        if (Environment.GetEnvironmentVariable(ServeCommand.ConnectionVariable) is { Length: > 0 } external) return external;
        var binaries = PostgresBinaries.Find() ?? throw new StartFailed("PostgreSQL is missing. Run: sudo apt-get install -y --no-install-recommends postgresql");
        progress("Starting PostgreSQL ...");
        _postgres = new PrivatePostgres(binaries, layout.PostgresHome);
        await _postgres.StartAsync(ct);
        return _postgres.ConnectionString();
    }

    // A Prometheus that is named in the environment is asked instead of one of ours.
    private async Task StartMonitoringAsync()
    {
        if (_sandbox is null || Environment.GetEnvironmentVariable(Monitoring.PrometheusAddress) is { Length: > 0 } || Environment.GetEnvironmentVariable(MonitoringSwitch) == "off") return;
        if (!Monitoring.IsInstalled)
        {
            progress($"Prometheus and Alertmanager are missing: going on without alerts and PromQL. To have them: {Monitoring.InstallCommand}");
            return;
        }
        _monitoring = await Monitoring.StartedOrNoneAsync(layout, progress);
    }

    private ChildProcess StartSandbox()
    {
        var child = new ChildProcess("The sandbox", Path.Combine(layout.Logs, "sandbox.log"),
            ["dotnet", layout.Sandbox, "--port", "0", "--data", layout.State, "--agent", layout.Agent, "--exit-with-parent"], new Dictionary<string, string>());
        child.Start();
        return child;
    }

    private ChildProcess ReaperProcess(string installation) => new("The reaper", Path.Combine(layout.Logs, "reaper.log"),
        ["dotnet", layout.Reaper, "--name", "up", "--installation", installation, "--kubeconfig", options.Kubeconfig ?? layout.SandboxKubeconfig, .. options.Cluster is { } context ? (string[])["--context", context] : [], "--exit-with-parent"],
        new Dictionary<string, string>());

    private ChildProcess AppProcess(int port, string connection) => new("The app", Path.Combine(layout.Logs, "app.log"),
        ["dotnet", layout.App, "serve", "--port", $"{port}", "--data", layout.State, "--root", layout.Root, "--exit-with-parent", .. ClusterArguments()],
        new Dictionary<string, string>(_monitoring?.Settings(Environment.GetEnvironmentVariable) ?? []) { [ServeCommand.ConnectionVariable] = connection }, HearApp);

    private void HearApp(string line)
    {
        var at = line.IndexOf(FirstAdministratorPath, StringComparison.Ordinal);
        if (at >= 0) FirstAdministrator = line[at..].Trim();
    }

    private IEnumerable<string> ClusterArguments() => options.Kubeconfig is null
        ? ["--sandbox", layout.SandboxKubeconfig]
        : ["--kubeconfig", options.Kubeconfig, .. options.Cluster is { } name ? (string[])["--cluster", name] : []];

    private async Task StartAppAsync(CancellationToken ct)
    {
        _app!.Start();
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        await _app.WaitAsync(() => IsReadyAsync(http, ct), Patience, ct);
        SaveRunning();
    }

    private void SaveRunning() =>
        new RunningInstance(Environment.ProcessId, _app!.Id, _sandbox?.Id ?? 0, Url, TimeProvider.System.GetUtcNow()) { ReaperPid = _reaper!.Id, Prometheus = _monitoring?.Prometheus, Alertmanager = _monitoring?.Alertmanager }.Save(layout);

    private async Task<bool> IsReadyAsync(HttpClient http, CancellationToken ct)
    {
        try { return (await http.GetAsync(new Uri($"{Url}/readyz"), ct)).IsSuccessStatusCode; }
        catch (HttpRequestException) { return false; } // not listening yet
        catch (TaskCanceledException) when (!ct.IsCancellationRequested) { return false; } // slow first answer
    }

    /// <summary>A killed app is started again at once: it takes its runs up and reverts what is in place.</summary>
    private async Task KeepAppAliveAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await _app!.Exited.WaitAsync(ct);
            progress("The app ended unexpectedly; starting it again ...");
            await StartAppAsync(ct);
        }
    }

    /// <summary>A killed reaper is started again: what it saw it sees again in the cluster.</summary>
    private async Task KeepReaperAliveAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await _reaper!.Exited.WaitAsync(ct);
            progress("The reaper ended unexpectedly; starting it again ...");
            // One that cannot start at all must not turn this into a busy loop.
            await Task.Delay(TimeSpan.FromSeconds(1), ct);
            _reaper.Start();
            SaveRunning();
        }
    }

    private FileStream TakeLock()
    {
        try { return new FileStream(layout.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); }
        catch (IOException)
        {
            var running = RunningInstance.Find(layout);
            throw new RuleBroken("AlreadyUp", running is null
                ? "GameDay is just being started or stopped by another command in this folder. Wait a moment, then run this again."
                : $"GameDay is already running at {running.Url} (process {running.SupervisorPid}). Use it, or stop it with Ctrl-C there.");
        }
    }

    private static int FreePort(int wanted)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, wanted);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        catch (SocketException) { throw new RuleBroken("PortTaken", $"Port {wanted} on 127.0.0.1 is taken by another program. Choose another: ./gameday up --port {wanted + 1}"); }
    }
}
