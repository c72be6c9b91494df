using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.IntegrationTests.Postgres;
using GameDay.Migrations;
using Npgsql;
using Shouldly;

namespace GameDay.IntegrationTests.Engine;

/// <summary>PostgreSQL goes away and comes back in the middle of a run: nothing stays injected, nothing is lost.</summary>
public sealed class DatabaseAwayTests : IAsyncLifetime
{
    private readonly FakeCluster _cluster = new();
    private readonly PostgresCluster _postgres = new();
    private EngineNode _node = null!;

    public async ValueTask InitializeAsync()
    {
        await _postgres.StartAsync();
        await _postgres.ExecuteAsync("postgres", "CREATE DATABASE gameday");
        await DatabaseMigrator.ApplyAsync(_postgres.ConnectionString("gameday") + ";Pooling=false");
        _node = await EngineNode.StartAsync(_postgres.ConnectionString("gameday"), _cluster);
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await _postgres.DisposeAsync();
    }

    [Fact]
    [Trait("Rule", "9")]
    public async Task Away_for_long_the_node_reverts_from_memory_and_writes_it_down_later()
    {
        var (exercise, id) = await ObservingAsync(600);
        await _postgres.StopAsync();
        await Eventually.True(() => _cluster.Faulted.IsEmpty && !_cluster.Unproved.Any(), "reverted without the database");
        await _postgres.StartAsync();
        var run = await _node.UntilAsync(id, RunState.Done);
        run.Injections.Single().Phase.ShouldBe(InjectionPhase.Reverted);
        run.Injections.Single().Proof!.Holds.ShouldBeTrue();
        run.Verdict.ShouldBe(Verdict.Inconclusive, run.Reason);
        (await _node.TimelineAsync(exercise.Id)).ShouldContain(e => e.Kind == EntryKind.Gap && e.Text.Contains("from memory"));
    }

    [Fact]
    public async Task Away_for_a_moment_the_fault_stays_and_no_reading_is_lost()
    {
        await _node.StopAsync();
        // However slowly this machine starts PostgreSQL, it is a moment for this node.
        await using var patient = await EngineNode.StartAsync(_postgres.ConnectionString("gameday"), _cluster, EngineNode.Fast with { LeaseFor = TimeSpan.FromSeconds(60), SendWithin = TimeSpan.FromSeconds(60), ActAloneAfter = TimeSpan.FromSeconds(60), JournalWithin = TimeSpan.FromSeconds(60) });
        var (_, id) = await ObservingAsync(5);
        await _postgres.StopAsync();
        await Task.Delay(TimeSpan.FromSeconds(0.8));
        await _postgres.StartAsync();
        _cluster.Faulted.Count.ShouldBe(1);
        var run = await _node.UntilAsync(id, RunState.Done);
        run.Verdict.ShouldBe(Verdict.Held, run.Reason);
    }

    [Fact]
    [Trait("Rule", "12")]
    public async Task An_abort_reverts_at_once_though_nothing_can_be_written()
    {
        var (exercise, id) = await ObservingAsync(600);
        await _postgres.StopAsync();
        var outcome = await _node.Runs.AbortExerciseAsync(exercise.Id, Plans.Approver, "pager", CancellationToken.None);
        outcome.Recorded.ShouldBeFalse();
        await Eventually.True(() => _cluster.Faulted.IsEmpty, "reverted", 3);
        await _postgres.StartAsync();
        var run = await _node.UntilAsync(id, RunState.Done);
        run.Verdict.ShouldBe(Verdict.Aborted, run.Reason);
        run.AbortedBy.ShouldBe("Ben");
        await Eventually.Async(async () => (await _node.ExerciseAsync(exercise.Id)).State == ExerciseState.WindingDown, () => "the exercise is aborted as well");
    }

    [Fact]
    [Trait("Rule", "12")]
    public async Task Halt_works_without_the_database()
    {
        var (exercise, id) = await ObservingAsync(600);
        await _postgres.StopAsync();
        var outcome = await _node.Halt.HaltAsync(Plans.Approver, "flood", CancellationToken.None);
        outcome.Recorded.ShouldBeFalse();
        _cluster.HaltObject!.ShouldContain("flood");
        await Eventually.True(() => _cluster.Faulted.IsEmpty, "reverted", 3);
        await _postgres.StartAsync();
        await _node.UntilAsync(id, RunState.Done);
        await Eventually.Async(async () => (await InstallationAsync()).HaltEngaged, () => "halt is written down");
        await Eventually.Async(async () => (await _node.ExerciseAsync(exercise.Id)).WasAborted, () => "aborted");
    }

    [Fact]
    public async Task Away_while_injecting_everything_is_reverted()
    {
        _cluster.InjectTakes = TimeSpan.FromSeconds(1);
        var exercise = await _node.RunningAsync(false, Plans.Experiment(seconds: 600));
        var id = await _node.StartAsync(exercise);
        await _node.UntilAsync(id, r => r.Injections.Any(i => i.Phase == InjectionPhase.Injecting), "sent");
        await _postgres.StopAsync();
        await Eventually.True(() => !_cluster.Injected.IsEmpty && _cluster.Faulted.IsEmpty && !_cluster.Unproved.Any(), "reverted without the database");
        await _postgres.StartAsync();
        (await _node.UntilAsync(id, RunState.Done)).Injections.Single().Phase.ShouldBe(InjectionPhase.Reverted);
    }

    [Fact]
    [Trait("Rule", "9")]
    public async Task Cut_off_while_injecting_nothing_is_sent_on_the_old_lease()
    {
        _cluster.InjectTakes = TimeSpan.FromSeconds(8);
        var id = await _node.StartAsync(await _node.RunningAsync(false, Plans.Experiment(seconds: 600)));
        await _node.UntilAsync(id, r => r.Injections.Any(i => i.Phase == InjectionPhase.Injecting), "begun");
        await _postgres.StopAsync();
        await Eventually.True(() => !_cluster.RevertOrder.IsEmpty && !_cluster.Unproved.Any(), "reverted without the database");
        await _postgres.StartAsync();
        (await _node.UntilAsync(id, RunState.Done)).Injections.Single().Phase.ShouldBe(InjectionPhase.Reverted);
        _cluster.Injected.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "9")]
    public async Task Without_the_database_the_run_gives_no_further_sign_of_life_so_that_a_reaper_may_end_it()
    {
        await _node.StopAsync();
        await using var stubborn = await EngineNode.StartAsync(_postgres.ConnectionString("gameday"), _cluster, EngineNode.Fast with { ActAloneAfter = TimeSpan.FromMinutes(10) });
        var (_, id) = await ObservingAsync(600);
        await _postgres.StopAsync();
        var last = -1;
        await Eventually.Async(async () =>
        {
            last = _cluster.Beats.GetValueOrDefault(id);
            await Task.Delay(TimeSpan.FromSeconds(2));
            return _cluster.Beats.GetValueOrDefault(id) == last;
        }, () => "silent", 60);
        _cluster.Faulted.Count.ShouldBe(1, "the node is alive and holds its fault");
        await _postgres.StartAsync();
        await Eventually.True(() => _cluster.Beats.GetValueOrDefault(id) > last || _cluster.Faulted.IsEmpty, "heard again, or ended", 60);
    }

    private async Task<(Exercise, Guid)> ObservingAsync(double seconds)
    {
        var exercise = await _node.RunningAsync(false, Plans.Experiment(seconds: seconds));
        var id = await _node.StartAsync(exercise);
        await _node.UntilAsync(id, RunState.Observing);
        return (exercise, id);
    }

    private async Task<GameDay.Data.Installation> InstallationAsync()
    {
        await using var db = _node.Open();
        return db.Installations.Single();
    }
}
