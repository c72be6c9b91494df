using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.IntegrationTests.Postgres;
using Microsoft.EntityFrameworkCore;
using Shouldly;

namespace GameDay.IntegrationTests.Engine;

public sealed class TakeOverTests(Database database) : IClassFixture<Database>
{
    private readonly FakeCluster _cluster = new();

    [Fact]
    [Trait("Rule", "14")]
    public async Task A_crash_while_observing_goes_on_observing_and_shows_the_gap()
    {
        var (exercise, id) = await CrashInAsync(RunState.Observing, Plans.Experiment(seconds: 6));
        await using var next = await EngineNode.StartAsync(database.ConnectionString, _cluster);
        await next.UntilAsync(id, r => r.Epoch == 2, "taken up");
        _cluster.Faulted.Count.ShouldBe(1, "the fault is still wanted");
        var run = await next.UntilAsync(id, RunState.Done);
        run.Verdict.ShouldBe(Verdict.Inconclusive, run.Reason);
        run.Injections.Single().Phase.ShouldBe(InjectionPhase.Reverted);
        (await next.TimelineAsync(exercise.Id)).ShouldContain(e => e.Kind == EntryKind.Gap && e.Text.Contains("observing goes on"));
        _cluster.Faulted.ShouldBeEmpty();
        _cluster.Unproved.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "9")]
    public async Task The_time_left_is_the_servers_whatever_the_next_owners_clock_says()
    {
        _cluster.Ahead = TimeSpan.FromMinutes(5);
        var (exercise, id) = await CrashInAsync(RunState.Observing, Plans.Experiment(seconds: 8));
        await using var next = await EngineNode.StartAsync(database.ConnectionString, _cluster, EngineNode.Fast with { ObserveAfterGapOf = TimeSpan.FromMinutes(1) });
        await next.UntilAsync(id, RunState.Done);
        (await next.TimelineAsync(exercise.Id)).ShouldContain(e => e.Kind == EntryKind.Gap && e.Text.Contains("observing goes on"));
        _cluster.Faulted.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "14")]
    public async Task A_baseline_that_was_left_alone_for_long_injects_nothing()
    {
        _cluster.Success = _ => 90;
        var (_, id) = await CrashInAsync(RunState.Baseline, Plans.Experiment());
        _cluster.Success = _ => 100;
        await using var next = await EngineNode.StartAsync(database.ConnectionString, _cluster, EngineNode.Fast with { ObserveAfterGapOf = TimeSpan.Zero });
        (await next.UntilAsync(id, r => r.IsTerminal, "ended")).State.ShouldBe(RunState.Refused);
        _cluster.Injected.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "14")]
    public async Task After_a_long_gap_the_fault_is_reverted_at_once()
    {
        var (exercise, id) = await CrashInAsync(RunState.Observing, Plans.Experiment(seconds: 600));
        await using var next = await EngineNode.StartAsync(database.ConnectionString, _cluster, EngineNode.Fast with { ObserveAfterGapOf = TimeSpan.Zero });
        var run = await next.UntilAsync(id, RunState.Done);
        run.Verdict.ShouldBe(Verdict.Inconclusive);
        _cluster.Faulted.ShouldBeEmpty();
        (await next.TimelineAsync(exercise.Id)).ShouldContain(e => e.Kind == EntryKind.Gap);
    }

    [Fact]
    [Trait("Rule", "1")]
    public async Task A_run_found_in_Injecting_only_goes_to_revert_even_when_the_request_lands_later()
    {
        _cluster.InjectTakes = TimeSpan.FromSeconds(60);
        var (_, id) = await CrashInAsync(RunState.Injecting, Plans.Experiment(seconds: 600), r => r.Injections.Any(i => i.Phase == InjectionPhase.Injecting));
        _cluster.InjectTakes = TimeSpan.Zero;
        await using var next = await EngineNode.StartAsync(database.ConnectionString, _cluster);
        var run = await next.UntilAsync(id, RunState.Done);
        run.Injections.Single().Phase.ShouldBe(InjectionPhase.Reverted);
        run.Verdict.ShouldBe(Verdict.Inconclusive);
        _cluster.Faulted.ShouldBeEmpty();
        _cluster.Unproved.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "1")]
    public async Task What_another_actor_ended_meanwhile_is_not_injected_again()
    {
        var (_, id) = await CrashInAsync(RunState.Observing, Plans.Experiment(seconds: 600));
        _cluster.Faulted.Clear();
        await _cluster.MarkProvedAsync(_cluster.LastOrder!, null!, new Domain.Plugins.Evidence(true, "by the reaper", new Dictionary<string, string>(), default), default);
        await using var next = await EngineNode.StartAsync(database.ConnectionString, _cluster);
        await next.UntilAsync(id, RunState.Done);
        _cluster.Injected.Count.ShouldBe(1);
    }

    [Fact]
    [Trait("Rule", "14")]
    public async Task A_crash_while_reverting_is_reverted_by_the_next_owner()
    {
        _cluster.VerifyFindsIt = true;
        var (_, id) = await CrashInAsync(RunState.Leaked, Plans.Experiment(seconds: 1));
        _cluster.VerifyFindsIt = false;
        await using var next = await EngineNode.StartAsync(database.ConnectionString, _cluster);
        (await next.UntilAsync(id, RunState.Done)).Injections.Single().Phase.ShouldBe(InjectionPhase.Reverted);
        _cluster.Faulted.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "14")]
    public async Task Who_lost_the_lease_writes_nothing_more()
    {
        await using var node = await EngineNode.StartAsync(database.ConnectionString, _cluster, EngineNode.Fast with { RenewEvery = TimeSpan.FromMinutes(1), LeaseFor = TimeSpan.FromMinutes(5), SendWithin = TimeSpan.FromMinutes(5), ActAloneAfter = TimeSpan.FromMinutes(5) });
        var exercise = await node.RunningAsync(false, Plans.Experiment(seconds: 2));
        var id = await node.StartAsync(exercise);
        await node.UntilAsync(id, RunState.Observing);
        await using (var db = node.Open()) await db.Database.ExecuteSqlAsync($"UPDATE runs SET epoch = epoch + 1, owner = 'other', lease_until = clock_timestamp() + interval '1 hour' WHERE id = {id}");
        var before = (await node.TimelineAsync(exercise.Id)).Count;
        await Task.Delay(TimeSpan.FromSeconds(4));
        (await node.RunAsync(id)).State.ShouldBe(RunState.Observing, "the deadline passed, but the run is another's");
        (await node.TimelineAsync(exercise.Id)).Count.ShouldBe(before);
        await using (var db = node.Open()) await db.Database.ExecuteSqlAsync($"UPDATE runs SET lease_until = clock_timestamp() WHERE id = {id}");
        await node.UntilAsync(id, RunState.Done);
        _cluster.Faulted.ShouldBeEmpty();
    }

    private async Task<(Exercise Exercise, Guid Run)> CrashInAsync(RunState state, ExperimentPlan experiment, Func<Run, bool>? and = null)
    {
        await using var node = await EngineNode.StartAsync(database.ConnectionString, _cluster);
        var exercise = await node.RunningAsync(false, experiment);
        var id = await node.StartAsync(exercise);
        await node.UntilAsync(id, r => r.State == state && (and is null || and(r)), state.ToString());
        await node.CrashAsync();
        return (exercise, id);
    }
}
