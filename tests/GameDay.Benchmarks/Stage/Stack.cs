using GameDay.Benchmarks.Cluster;
using GameDay.Benchmarks.Plants;
using GameDay.Migrations;
using GameDay.Web.CommandLine.Up;

namespace GameDay.Benchmarks.Stage;

/// <summary>One whole product on a stage of its own: sandbox, PostgreSQL and app processes, each a process that can be killed.</summary>
internal sealed class Stack : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly Layout _layout = Layout.FromEnvironment();
    private readonly List<AppNode> _apps = [];
    private readonly List<ReaperNode> _reapers = [];
    private OwnClockProxy? _ownClock;
    private DatabaseNode? _postgres;
    private Actor? _sandbox;

    public Home Home { get; } = new();
    public IReadOnlyList<AppNode> Apps => _apps;
    public IReadOnlyList<ReaperNode> Reapers => _reapers;
    public StackOptions Options { get; private set; } = null!;
    public DatabaseNode Postgres => _postgres!;
    public string Database => _postgres!.ConnectionString;
    public string Kubeconfig => Home.Below("sandbox.kubeconfig");
    public KubeApi Cluster { get; private set; } = null!;

    /// <summary>The app that answers now.</summary>
    public AppNode App => _apps.FirstOrDefault(a => a.Process.IsRunning) ?? _apps[0];

    public static async Task<Stack> StartAsync(StackOptions options, CancellationToken ct)
    {
        var stack = new Stack();
        try
        {
            await stack.GoAsync(options, ct);
            return stack;
        }
        catch
        {
            stack.Home.Keep = true;
            await stack.DisposeAsync();
            throw;
        }
    }

    private async Task GoAsync(StackOptions options, CancellationToken ct)
    {
        Options = options;
        var agent = options.AgentPlant is { } plant ? AgentWrapper.Write(Home, _layout.Agent, plant) : _layout.Agent;
        _sandbox = new Actor("The sandbox", Home.Log("sandbox"), ["dotnet", _layout.Sandbox, "--port", "0", "--data", Home.Path, "--agent", agent, "--exit-with-parent"], Empty);
        _sandbox.Start();
        _postgres = new DatabaseNode(Home);
        await _postgres.StartAsync(ct);
        await DatabaseMigrator.ApplyAsync(Database, ct);
        await _sandbox.UntilAsync(() => Task.FromResult(_sandbox.LastLine.Contains("sandbox ready", StringComparison.Ordinal)), Patience, ct);
        Cluster = new KubeApi(Kubeconfig);
        await QuietShopAsync(ct);
        await new Crowd(Cluster).NamespaceAsync("gameday", ct);
        for (var i = 1; i <= options.Apps; i++) _apps.Add(new AppNode(i, _layout, Home, Kubeconfig, Database, options.AppPlant));
        if (options.ReapersOwnClock is { } wrong) _ownClock = await OwnClockProxy.StartAsync(Cluster, Kubeconfig, wrong);
        for (var i = 1; i <= options.Reapers; i++) _reapers.Add(new ReaperNode(i, _layout, Home, _ownClock?.Kubeconfig ?? Kubeconfig));
        foreach (var reaper in _reapers) reaper.Start();
        foreach (var app in _apps) await app.StartAsync(Patience, ct);
        await ReaperReportsAsync(ct);
        if (_reapers.FirstOrDefault(r => !r.Process.IsRunning) is { } dead) throw new StageFailed($"{dead.Process.Name} ended while starting: {dead.Process.LastLine}");
    }

    /// <summary>The shop's customers would only take the processor from what is measured.</summary>
    private async Task QuietShopAsync(CancellationToken ct)
    {
        foreach (var deployment in await Cluster.ListAsync("apis/apps/v1/namespaces/shop/deployments", ct))
            await Cluster.PatchAsync($"apis/apps/v1/namespaces/shop/deployments/{deployment.Name()}/scale", """{"spec":{"replicas":0}}""", ct);
    }

    /// <summary>Starts what is down and waits until all answers again.</summary>
    public async Task AllUpAsync(CancellationToken ct)
    {
        foreach (var app in _apps)
        {
            if (!app.Process.IsRunning) app.Restart(0);
            await app.ReadyAsync(Patience, ct);
        }
        foreach (var reaper in _reapers.Where(r => !r.Process.IsRunning)) reaper.Start();
        await ReaperReportsAsync(ct);
    }

    /// <summary>Preflight asks for a reaper that has just reported: one that was killed a moment ago must have come back.</summary>
    private async Task ReaperReportsAsync(CancellationToken ct)
    {
        var before = await ReportsAsync(ct);
        for (var watch = System.Diagnostics.Stopwatch.StartNew(); _reapers.Count > 0 && await ReportsAsync(ct) == before && watch.Elapsed < Patience;) await Task.Delay(200, ct);
    }

    private async Task<string> ReportsAsync(CancellationToken ct) => string.Join(' ',
        (await Cluster.ListAsync("apis/coordination.k8s.io/v1/namespaces/gameday/leases?labelSelector=gameday.dev/role=reaper", ct)).Select(l => $"{l.Name()}/{l.Version()}"));

    public async ValueTask DisposeAsync()
    {
        foreach (var reaper in _reapers) reaper.Process.Kill();
        if (_ownClock is not null) await _ownClock.DisposeAsync();
        await Task.WhenAll(_apps.Select(a => a.Process.DisposeAsync().AsTask()));
        if (_sandbox is not null) await _sandbox.DisposeAsync();
        if (_postgres is not null) await _postgres.StopAsync();
        Cluster?.Dispose();
        Home.Dispose();
    }

    private static readonly IReadOnlyDictionary<string, string> Empty = new Dictionary<string, string>();
}

/// <param name="Apps">App processes on the one database.</param>
/// <param name="AppPlant">Defect planted in the apps; null is the product itself.</param>
/// <param name="ReapersOwnClock">The reapers trust a clock that is wrong by this instead of the server's.</param>
/// <param name="AgentPlant">Defect of the agent, by a script in its place.</param>
internal sealed record StackOptions(int Apps = 1, int Reapers = 1, string? AppPlant = null, TimeSpan? ReapersOwnClock = null, string? AgentPlant = null);
