using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GameDay.Engine;
using GameDay.IntegrationTests.Engine;
using GameDay.IntegrationTests.Postgres;
using GameDay.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;

namespace GameDay.IntegrationTests.Web;

/// <summary>Two replicas; a page was loaded, then PostgreSQL stopped. Abort and Halt are posted as plain forms with nothing but that page's cookie and token.</summary>
public sealed class FormsWithoutDatabaseTests : IAsyncLifetime
{
    private readonly PostgresCluster _postgres = new();
    private readonly FakeCluster _cluster = new();
    private WebSite[] _sites = [];
    private HttpClient _observer = null!;
    private string _token = "";
    private string _exercise = "";

    public async ValueTask InitializeAsync()
    {
        await _postgres.StartAsync();
        await _postgres.ExecuteAsync("postgres", "CREATE DATABASE gameday");
        await DatabaseMigrator.ApplyAsync(Connection + ";Pooling=false");
        _sites = [await WebSite.ReplicaAsync(Connection, _cluster), await WebSite.ReplicaAsync(Connection, _cluster)];
        _observer = await _sites[0].SignedInAsync("hanna");
        using var http = _sites[0].CommandLine();
        using var created = await http.PostAsync(new Uri("/api/exercises", UriKind.Relative), new StringContent(PlanText.Short().Replace("duration: 1s", "duration: 10m", StringComparison.Ordinal)));
        _exercise = (await created.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        using var started = await http.PostAsJsonAsync($"/api/exercises/{_exercise}/run", new { });
        started.StatusCode.ShouldBe(HttpStatusCode.Accepted, await started.Content.ReadAsStringAsync());
        await UntilRunAsync("state", "Observing");
        _token = await WebSite.TokenOfAsync(_observer, $"/exercises/{_exercise}/board");
    }

    public async ValueTask DisposeAsync()
    {
        _observer.Dispose();
        foreach (var site in _sites) await site.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await _postgres.DisposeAsync();
    }

    [Fact]
    [Trait("Rule", "12")]
    public async Task The_abort_form_reverts_at_once_what_its_node_runs_though_PostgreSQL_is_stopped()
    {
        var (owner, _) = await OwnerFirstAsync();
        await _postgres.StopAsync();
        var answer = await PostAsync(owner, $"/exercises/{_exercise}/abort");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("PostgreSQL does not answer");
        await Eventually.True(() => _cluster.Faulted.IsEmpty && !_cluster.Unproved.Any(), "proved gone without the database", 60);
        await _postgres.StartAsync();
        await UntilRunAsync("verdict", "Aborted");
        await UntilRunAsync("aborted_by", "Hanna Vogel");
    }

    [Fact]
    [Trait("Rule", "12")]
    public async Task The_halt_form_on_a_replica_that_runs_nothing_ends_the_others_run_though_PostgreSQL_is_stopped()
    {
        var (_, other) = await OwnerFirstAsync();
        await _postgres.StopAsync();
        var abort = await PostAsync(other, $"/exercises/{_exercise}/abort");
        abort.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await abort.Content.ReadAsStringAsync()).ShouldContain("kubectl -n gameday create configmap gameday-halt");
        var halt = await PostAsync(other, "/halt", ("reason", "smoke"));
        halt.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await halt.Content.ReadAsStringAsync()).ShouldContain("the database is away");
        _cluster.HaltObject.ShouldNotBeNull().ShouldContain("smoke");
        await Eventually.True(() => _cluster.Faulted.IsEmpty && !_cluster.Unproved.Any(), "proved gone without the database", 60);
        await _postgres.StartAsync();
        await UntilRunAsync("state", "Done");
        await Eventually.Async(async () => (bool)(await OneAsync("SELECT halt_engaged FROM installation"))!, () => "halt is written down", 60);
    }

    private string Connection => _postgres.ConnectionString("gameday");

    private Task<HttpResponseMessage> PostAsync(WebSite site, string action, params (string, string)[] fields) => WebSite.PostAsync(_observer, new Uri(site.Address, action), _token, fields);

    private async Task<(WebSite Owner, WebSite Other)> OwnerFirstAsync()
    {
        var owner = (string)(await OneAsync("SELECT owner FROM runs"))!;
        return _sites[0].Services.GetRequiredService<EngineOptions>().Node == owner ? (_sites[0], _sites[1]) : (_sites[1], _sites[0]);
    }

    private Task UntilRunAsync(string column, string value) =>
        Eventually.Async(async () => await OneAsync($"SELECT {column} FROM runs") as string == value, () => $"the run's {column} is {value}", 90);

    private async Task<object?> OneAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Connection + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
