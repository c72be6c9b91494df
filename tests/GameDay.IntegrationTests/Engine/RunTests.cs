using GameDay.Domain;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.IntegrationTests.Postgres;
using Microsoft.EntityFrameworkCore;
using Shouldly;

namespace GameDay.IntegrationTests.Engine;

public sealed class RunTests(Database database) : IClassFixture<Database>, IAsyncLifetime
{
    private readonly FakeCluster _cluster = new();
    private EngineNode _node = null!;

    public async ValueTask InitializeAsync() => _node = await EngineNode.StartAsync(database.ConnectionString, _cluster);

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task A_hypothesis_that_holds_is_proved_with_every_fault_gone()
    {
        var exercise = await _node.RunningAsync();
        var run = await _node.UntilAsync(await _node.StartAsync(exercise), RunState.Done);
        run.Verdict.ShouldBe(Verdict.Held, run.Reason);
        run.Injections.Single().Phase.ShouldBe(InjectionPhase.Reverted);
        run.Injections.Single().Proof!.Summary.ShouldBe("0.5 ms, as before");
        _cluster.Faulted.ShouldBeEmpty();
        _cluster.Unproved.ShouldBeEmpty();
        _cluster.LastOrder!.Settings["unset"].ShouldBe("default");
        new DateTimeOffset?[] { run.ArmedAt, run.BaselineAt, run.InjectedAt, run.EffectAt, run.RevertStartedAt, run.RevertedAt, run.RecoveredAt }.ShouldAllBe(t => t != null);
        (run.RevertStartedAt!.Value - run.InjectedAt!.Value).ShouldBeGreaterThan(TimeSpan.FromSeconds(0.9));
        await using var db = _node.Open();
        (await db.ProbeSamples.CountAsync(s => s.RunId == run.Id)).ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task A_probe_that_leaves_its_tolerance_refutes_the_hypothesis()
    {
        _cluster.Success = c => c.Faulted.IsEmpty ? 100 : 90;
        var exercise = await _node.RunningAsync();
        var run = await _node.UntilAsync(await _node.StartAsync(exercise), RunState.Done);
        run.Verdict.ShouldBe(Verdict.NotHeld, run.Reason);
        (await _node.TimelineAsync(exercise.Id)).ShouldContain(e => e.Kind == EntryKind.ProbeOut);
        _cluster.Faulted.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_breached_abort_condition_ends_the_fault_early()
    {
        _cluster.Success = c => c.Faulted.IsEmpty ? 100 : 10;
        var exercise = await _node.RunningAsync(false, Plans.Experiment(seconds: 60) with { AbortWhen = [new AbortCondition("success", 50, null, TimeSpan.FromMilliseconds(300))] });
        var run = await _node.UntilAsync(await _node.StartAsync(exercise), RunState.Done);
        run.WasAborted.ShouldBeTrue();
        run.Verdict.ShouldBe(Verdict.NotHeld);
        _cluster.Faulted.ShouldBeEmpty();
    }

    [Fact]
    public async Task Being_blind_aborts_and_is_never_called_held()
    {
        var exercise = await _node.RunningAsync(false, Plans.Experiment(seconds: 60));
        var id = await _node.StartAsync(exercise);
        await _node.UntilAsync(id, RunState.Observing);
        _cluster.ProbesAway = true;
        await _node.UntilAsync(id, RunState.Recovering);
        _cluster.ProbesAway = false;
        var run = await _node.UntilAsync(id, RunState.Done);
        run.Verdict.ShouldBe(Verdict.Inconclusive, run.Reason);
        run.WasAborted.ShouldBeTrue();
        _cluster.Faulted.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_unsteady_baseline_refuses_the_run_and_touches_nothing()
    {
        _cluster.Success = _ => 80;
        var exercise = await _node.RunningAsync();
        var run = await _node.UntilAsync(await _node.StartAsync(exercise), RunState.Refused);
        run.Reason!.ShouldContain("success 80");
        _cluster.Injected.ShouldBeEmpty();
        _cluster.Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_fault_without_effect_is_reverted_and_teaches_nothing()
    {
        _cluster.NoEffect = true;
        var exercise = await _node.RunningAsync();
        var run = await _node.UntilAsync(await _node.StartAsync(exercise), RunState.Done);
        run.Verdict.ShouldBe(Verdict.Inconclusive);
        run.Injections.Single().Phase.ShouldBe(InjectionPhase.Reverted);
    }

    [Theory]
    [InlineData("no targets")]
    [InlineData("denied")]
    [InlineData("halt object")]
    [InlineData("cluster away")]
    [InlineData("another workload")]
    public async Task A_guard_that_refuses_or_cannot_answer_touches_nothing(string why)
    {
        switch (why)
        {
            case "no targets": _cluster.Pods = []; break;
            case "denied": _cluster.Denied = true; break;
            case "halt object": _cluster.PutHalt("somebody"); break;
            case "cluster away": _cluster.Away = true; break;
            default: _cluster.Pods = [FakeCluster.Pod("other", owner: "Deployment/other")]; break;
        }
        var exercise = await _node.RunningAsync();
        var run = await _node.UntilAsync(await _node.StartAsync(exercise), RunState.Refused);
        run.Reason.ShouldNotBeNullOrEmpty();
        _cluster.Injected.ShouldBeEmpty();
        _cluster.Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_target_replaced_during_the_baseline_is_not_the_one_that_is_touched()
    {
        // Not steady yet, so that the baseline goes on until the pod is replaced.
        _cluster.Success = _ => 90;
        var exercise = await _node.RunningAsync();
        var id = await _node.StartAsync(exercise);
        await _node.UntilAsync(id, RunState.Baseline);
        _cluster.Pods = [FakeCluster.Pod("cart-1", uid: "new")];
        _cluster.Success = _ => 100;
        var run = await _node.UntilAsync(id, RunState.Done, RunState.Refused);
        run.Injections.Select(i => i.Target.Uid).ShouldBe(["new"]);
    }

    [Fact]
    public async Task Of_two_who_start_at_once_exactly_one_wins()
    {
        var exercise = await _node.RunningAsync(false, Plans.Experiment(seconds: 5));
        var tries = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            try
            {
                await _node.StartAsync(exercise);
                return null;
            }
            catch (RuleBroken refusal)
            {
                return refusal;
            }
        }));
        tries.Count(t => t is null).ShouldBe(1);
        tries.OfType<RuleBroken>().ShouldAllBe(t => t.Rule == "NoOtherRunIsLive");
        await _node.Runs.AbortExerciseAsync(exercise.Id, Plans.Author, null, CancellationToken.None);
    }

    [Fact]
    [Trait("Rule", "11")]
    public async Task Many_targets_are_ramped_up_and_reverted_in_reverse_order()
    {
        _cluster.Choose = 3;
        var exercise = await _node.RunningAsync();
        var run = await _node.UntilAsync(await _node.StartAsync(exercise), RunState.Done);
        run.Injections.Count.ShouldBe(3);
        _cluster.Injected.First().ShouldBe("cart-1");
        _cluster.RevertOrder.First().ShouldBe("cart-3");
        _cluster.RevertOrder.Distinct().Count().ShouldBe(3);
        _cluster.Faulted.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_system_that_stays_unwell_is_reported_as_not_recovered()
    {
        _cluster.Success = c => c.Injected.IsEmpty ? 100 : 90;
        var exercise = await _node.RunningAsync(false, Plans.Experiment() with { RecoverWithin = TimeSpan.FromSeconds(1) });
        var run = await _node.UntilAsync(await _node.StartAsync(exercise), RunState.NotRecovered);
        run.Verdict.ShouldBe(Verdict.NotHeld);
        run.RecoveredAt.ShouldBeNull();
    }

    [Fact]
    public async Task A_pod_kill_has_no_ledger_entry_and_ends_like_any_other()
    {
        _cluster.Layer = "none";
        var exercise = await _node.RunningAsync();
        var run = await _node.UntilAsync(await _node.StartAsync(exercise), RunState.Done);
        run.Verdict.ShouldBe(Verdict.Held, run.Reason);
        _cluster.Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_timeline_has_no_gap_however_busy_it_was()
    {
        var exercise = await _node.RunningAsync();
        await _node.UntilAsync(await _node.StartAsync(exercise), RunState.Done);
        var timeline = await _node.TimelineAsync(exercise.Id);
        timeline.Select(e => e.Seq).ShouldBe(Enumerable.Range(1, timeline.Count).Select(i => (long)i));
        timeline.Select(e => e.At).ShouldBeInOrder();
    }
}
