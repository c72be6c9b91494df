using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.IntegrationTests.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace GameDay.IntegrationTests.Engine;

public sealed class AlertTests(Database database) : IClassFixture<Database>
{
    [Fact]
    public async Task An_alert_that_begins_during_a_run_goes_onto_its_timeline_and_one_from_before_does_not()
    {
        var (cluster, alerts) = (new FakeCluster(), new FakeAlerts());
        await using var node = await EngineNode.StartAsync(database.ConnectionString, cluster, more: services => services.AddSingleton<IAlertSource>(alerts));
        alerts.Firing = () => cluster.Faulted.IsEmpty ? [new("1", "DiskFull", "since yesterday")] : [new("1", "DiskFull", "since yesterday"), new("2", "CartDown", "no pod answers")];
        var exercise = await node.RunningAsync(false, Plans.Experiment(seconds: 60));
        var run = await node.StartAsync(exercise);

        await node.UntilAsync(run, RunState.Observing);
        await Eventually.Async(async () => (await AlertsAsync()).Count > 0, () => "an alert on the timeline");
        await node.Runs.AbortRunAsync(exercise.Id, run, Plans.Author, "seen", CancellationToken.None);
        await node.UntilAsync(run, RunState.Done);

        (await AlertsAsync()).ShouldBe(["CartDown: no pod answers"]);

        async Task<List<string>> AlertsAsync() => [.. (await node.TimelineAsync(exercise.Id)).Where(e => e.Kind == EntryKind.Alert).Select(e => e.Text)];
    }

    private sealed class FakeAlerts : IAlertSource
    {
        public Func<IReadOnlyList<FiringAlert>> Firing { get; set; } = () => [];

        public string Vendor => "Alerts";

        public bool IsConfigured => true;

        public Task<IReadOnlyList<FiringAlert>> FiringAsync(CancellationToken ct) => Task.FromResult(Firing());
    }
}
