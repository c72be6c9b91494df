using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using GameDay.IntegrationTests.Engine;
using GameDay.IntegrationTests.Postgres;
using GameDay.Migrations;
using GameDay.Sandbox;
using Npgsql;

namespace GameDay.IntegrationTests.Stage;

/// <summary>
/// Two real app processes on one real PostgreSQL and one sandbox, each reaching both over wires of its own that can be cut.
/// The judge is the sandbox's own state.
/// </summary>
public sealed partial class TwoNodes : IAsyncLifetime
{
    private readonly string _home = Directory.CreateTempSubdirectory("gd-two-").FullName;
    private readonly PostgresCluster _postgres = new();
    private readonly List<IAsyncDisposable> _all = [];
    private Process _sandbox = null!;
    private HttpClient _judge = null!;
    private NpgsqlDataSource _source = null!;

    public Node First { get; private set; } = null!;
    public Node Second { get; private set; } = null!;
    public string Kubeconfig => Path.Combine(_home, "sandbox.kubeconfig");

    /// <summary>A process and its wires.</summary>
    public sealed record Node(AppNode App, TcpForwarder Database, TcpForwarder Cluster);

    public async ValueTask InitializeAsync()
    {
        _sandbox = Process.Start(new ProcessStartInfo("dotnet", [typeof(SandboxHost).Assembly.Location, "--port", "0", "--data", _home, "--agent", Path.Combine(AppContext.BaseDirectory, "gameday-agent"), "--exit-with-parent"])
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true,
        })!;
        await _postgres.StartAsync();
        await _postgres.ExecuteAsync("postgres", "CREATE DATABASE gameday");
        await DatabaseMigrator.ApplyAsync(_postgres.ConnectionString("gameday") + ";Pooling=false");
        _source = NpgsqlDataSource.Create(_postgres.ConnectionString("gameday"));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        var ready = await _sandbox.StandardOutput.ReadLineAsync(patience.Token) ?? "";
        var server = new Uri(ready[ready.IndexOf("https", StringComparison.Ordinal)..]);
        _judge = new HttpClient(new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true } }) { BaseAddress = server };
        _judge.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token().Match(await File.ReadAllTextAsync(Kubeconfig)).Groups["token"].Value);
        First = Make("first", server);
        Second = Make("second", server);
        await Task.WhenAll(First.App.StartAsync(), Second.App.StartAsync());
    }

    /// <summary>Runs the exercise with policy's waits shortened.</summary>
    public async Task<Guid> StartAsync(string yaml)
    {
        var id = await First.App.CreateAsync(yaml);
        await _postgres.ExecuteAsync("gameday", $$"""UPDATE exercises SET policy = policy || '{"SteadyFor":"00:00:01","RecoveredFor":"00:00:01"}'::jsonb WHERE id = '{{id}}'""");
        await First.App.GoAsync(id);
        return id;
    }

    /// <summary>The node that owns the run now, and the other.</summary>
    public async Task<(Node Owner, Node Other)> OwnerAsync(Guid exercise) =>
        (await RunAsync(exercise))!.Owner!.Contains($"-{First.App.Pid}-", StringComparison.Ordinal) ? (First, Second) : (Second, First);

    public sealed record RunRow(Guid Id, string State, string? Owner, long Epoch, string? Verdict, string? Reason);

    public async Task<RunRow?> RunAsync(Guid exercise)
    {
        await using var command = _source.CreateCommand("SELECT id, state, owner, epoch, verdict, reason FROM runs WHERE exercise_id = $1");
        command.Parameters.AddWithValue(exercise);
        await using var row = await command.ExecuteReaderAsync();
        return await row.ReadAsync() ? new(row.GetGuid(0), row.GetString(1), Text(row, 2), row.GetInt64(3), Text(row, 4), Text(row, 5)) : null;
    }

    public async Task<RunRow> UntilAsync(Guid exercise, string what, Func<RunRow, bool> holds, double seconds = 240)
    {
        RunRow? last = null;
        try
        {
            await Eventually.Async(async () => (last = await RunAsync(exercise)) is { } run && holds(run), () => what, seconds);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}; it is {last}\n{string.Join('\n', (await TimelineAsync(exercise)).Select(t => $"{t.Seq} {t.Kind}: {t.Text}"))}\n{First.App.Said}\n{Second.App.Said}", e);
        }
        return last!;
    }

    public async Task<List<(long Seq, string Kind, string Text)>> TimelineAsync(Guid exercise)
    {
        await using var command = _source.CreateCommand("SELECT seq, kind, text FROM timeline WHERE exercise_id = $1 ORDER BY seq");
        command.Parameters.AddWithValue(exercise);
        await using var rows = await command.ExecuteReaderAsync();
        var all = new List<(long, string, string)>();
        while (await rows.ReadAsync()) all.Add((rows.GetInt64(0), rows.GetString(1), rows.GetString(2)));
        return all;
    }

    /// <summary>Pods of the shop whose kernel holds something of a fault now.</summary>
    public async Task<IReadOnlyList<string>> FaultedAsync(string app)
    {
        var faulted = new List<string>();
        foreach (var pod in await PodsAsync(app))
            if ((await _judge.GetStringAsync(new Uri($"_sandbox/kernel/shop/{pod.Name}", UriKind.Relative))).Contains("gameday_", StringComparison.Ordinal)) faulted.Add(pod.Name);
        return faulted;
    }

    /// <summary>How many agents were ever added to the pods: each is an injection or an undo.</summary>
    public async Task<int> InjectionsAsync(string app) => (await PodsAsync(app)).Sum(p => p.Agents.Count(a => InjectingAgent().IsMatch(a)));

    /// <summary>Ledger entries of this run, as the cluster holds them.</summary>
    public async Task<IReadOnlyList<JsonElement>> EntriesAsync(Guid run) =>
        [.. (await ListAsync("api/v1/namespaces/gameday/configmaps?labelSelector=gameday.dev/ledger")).Where(c => c.GetRawText().Contains($"{run}", StringComparison.Ordinal))];

    /// <summary>A ConfigMap as kubectl makes it.</summary>
    public async Task HaltByHandAsync()
    {
        using var body = new StringContent("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"gameday-halt"}}""", System.Text.Encoding.UTF8, "application/json");
        (await _judge.PostAsync(new Uri("api/v1/namespaces/gameday/configmaps", UriKind.Relative), body)).EnsureSuccessStatusCode();
    }

    public async Task ReleaseByHandAsync() => (await _judge.DeleteAsync(new Uri("api/v1/namespaces/gameday/configmaps/gameday-halt", UriKind.Relative))).EnsureSuccessStatusCode();

    public async ValueTask DisposeAsync()
    {
        foreach (var one in _all) await one.DisposeAsync();
        await _source.DisposeAsync();
        _judge.Dispose();
        _sandbox.StandardInput.Close();
        if (!_sandbox.WaitForExit(TimeSpan.FromSeconds(20))) _sandbox.Kill(entireProcessTree: true);
        _sandbox.Dispose();
        await _postgres.DisposeAsync();
        Directory.Delete(_home, recursive: true);
    }

    private Node Make(string name, Uri server)
    {
        var database = new TcpForwarder(new UnixDomainSocketEndPoint(_postgres.Socket));
        var cluster = new TcpForwarder(new IPEndPoint(IPAddress.Loopback, server.Port));
        var kubeconfig = Path.Combine(_home, $"{name}.kubeconfig");
        File.WriteAllText(kubeconfig, File.ReadAllText(Kubeconfig).Replace($":{server.Port}", $":{cluster.Port}", StringComparison.Ordinal));
        var data = Directory.CreateDirectory(Path.Combine(_home, name)).FullName;
        var app = new AppNode(data, $"Host=127.0.0.1;Port={database.Port};Username=gameday;Database=gameday;Maximum Pool Size=30;Timeout=5;Command Timeout=10", kubeconfig, Root());
        _all.AddRange([app, database, cluster]);
        return new Node(app, database, cluster);
    }

    private async Task<IReadOnlyList<(string Name, IReadOnlyList<string> Agents)>> PodsAsync(string app) =>
        [.. (await ListAsync($"api/v1/namespaces/shop/pods?labelSelector=app={app}")).Select(p => (p.GetProperty("metadata").GetProperty("name").GetString()!, Agents(p)))];

    private static IReadOnlyList<string> Agents(JsonElement pod) =>
        pod.GetProperty("spec").TryGetProperty("ephemeralContainers", out var all) ? [.. all.EnumerateArray().Select(c => c.GetProperty("name").GetString()!)] : [];

    private async Task<List<JsonElement>> ListAsync(string path) =>
        [.. JsonDocument.Parse(await _judge.GetStringAsync(new Uri(path, UriKind.Relative))).RootElement.GetProperty("items").EnumerateArray()];

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static string Root()
    {
        for (var d = new DirectoryInfo(AppContext.BaseDirectory); d is not null; d = d.Parent)
            if (File.Exists(Path.Combine(d.FullName, "GameDay.sln"))) return d.FullName;
        throw new InvalidOperationException("GameDay.sln is not above the test's folder");
    }

    [GeneratedRegex("token: \"?(?<token>[^\"\\s]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();

    [GeneratedRegex("^gameday-[0-9a-f]{8}-[0-9]+$", RegexOptions.None, 1000)]
    private static partial Regex InjectingAgent();
}
