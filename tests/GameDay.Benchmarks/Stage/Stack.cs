using GameDay.Benchmarks.Cluster;
using GameDay.Migrations;
using GameDay.Web.CommandLine.Up;

namespace GameDay.Benchmarks.Stage;

/// <summary>One whole product on a stage of its own: sandbox, PostgreSQL and app processes, each a process that can be killed.</summary>
internal sealed class Stack : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly Layout _layout = Layout.FromEnvironment();
    private readonly List<AppNode> _apps = [];
    private PrivatePostgres? _postgres;
    private Actor? _sandbox;

    public Home Home { get; } = new();
    public IReadOnlyList<AppNode> Apps => _apps;
    public string Database { get; private set; } = "";
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
        _sandbox = new Actor("The sandbox", Home.Log("sandbox"), ["dotnet", _layout.BuiltSandbox(), "--port", "0", "--data", Home.Path, "--agent", options.Agent ?? _layout.Agent, "--exit-with-parent"], Empty);
        _sandbox.Start();
        _postgres = new PrivatePostgres(PostgresBinaries.Find() ?? throw new StageFailed("PostgreSQL is missing: apt-get install postgresql"), Home.Below("postgres"));
        await _postgres.StartAsync(ct);
        Database = _postgres.ConnectionString();
        await DatabaseMigrator.ApplyAsync(Database, ct);
        await _sandbox.UntilAsync(() => Task.FromResult(_sandbox.LastLine.Contains("sandbox ready", StringComparison.Ordinal)), Patience, ct);
        Cluster = new KubeApi(Kubeconfig);
        await QuietShopAsync(ct);
        for (var i = 1; i <= options.Apps; i++) _apps.Add(new AppNode(i, _layout, Home, Kubeconfig, Database));
        foreach (var app in _apps) await app.StartAsync(Patience, ct);
    }

    /// <summary>The shop's customers would only take the processor from what is measured.</summary>
    private async Task QuietShopAsync(CancellationToken ct)
    {
        foreach (var deployment in await Cluster.ListAsync("apis/apps/v1/namespaces/shop/deployments", ct))
            await Cluster.PatchAsync($"apis/apps/v1/namespaces/shop/deployments/{deployment.Name()}/scale", """{"spec":{"replicas":0}}""", ct);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var app in _apps) await app.Process.DisposeAsync();
        if (_sandbox is not null) await _sandbox.DisposeAsync();
        if (_postgres is not null) await _postgres.StopAsync(CancellationToken.None, "immediate");
        Cluster?.Dispose();
        Home.Dispose();
    }

    private static readonly IReadOnlyDictionary<string, string> Empty = new Dictionary<string, string>();
}

/// <param name="Agent">Another agent executable; null takes the product's.</param>
internal sealed record StackOptions(int Apps = 1, string? Agent = null);
