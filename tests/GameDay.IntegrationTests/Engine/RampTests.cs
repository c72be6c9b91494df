using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.IntegrationTests.Postgres;
using Microsoft.EntityFrameworkCore;
using Shouldly;

namespace GameDay.IntegrationTests.Engine;

/// <summary>1, 10, 100 % of the targets, with a look at the probes between.</summary>
public sealed class RampTests(Database database) : IClassFixture<Database>, IAsyncLifetime
{
    private readonly FakeCluster _cluster = new() { Choose = 3 };
    private EngineNode _node = null!;

    public async ValueTask InitializeAsync() => _node = await EngineNode.StartAsync(database.ConnectionString, _cluster);

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task Between_two_steps_the_probes_are_looked_at_and_the_timeline_says_what_they_said()
    {
        var exercise = await _node.RunningAsync(false, Plans.Experiment(seconds: 4));
        var run = await _node.UntilAsync(await _node.StartAsync(exercise), RunState.Done);
        run.Verdict.ShouldBe(Verdict.Held, run.Reason);
        var timeline = await _node.TimelineAsync(exercise.Id);
        timeline.ShouldContain(e => e.Text.Contains("1 of 3 targets carry the fault; success 100"));
        timeline.ShouldContain(e => e.Text.Contains($"drawn by seed {run.Seed}"));
    }

    [Fact]
    public async Task An_abort_condition_breached_in_a_look_stops_the_ramp_at_that_step()
    {
        _cluster.Success = c => c.Faulted.IsEmpty ? 100 : 10;
        var run = await RunAsync(Plans.Experiment(seconds: 60) with { AbortWhen = [new AbortCondition("success", 50, null, TimeSpan.FromMilliseconds(50))] });
        ItStoppedAfterTheFirst(run);
        run.Verdict.ShouldBe(Verdict.NotHeld);
    }

    [Fact]
    public async Task A_probe_out_of_tolerance_all_through_a_look_is_noted_and_stops_the_ramp_when_policy_says_so()
    {
        _cluster.Success = c => c.Faulted.IsEmpty ? 100 : 90;
        var noted = await RunAsync(Plans.Experiment(seconds: 4));
        noted.Injections.Count(i => i.SentAt is not null).ShouldBe(3);
        (await _node.TimelineAsync(noted.ExerciseId)).ShouldContain(e => e.Text.Contains("1 of 3 targets carry the fault; not in tolerance: success 90"));
        ItStoppedAfterTheFirst(await RunAsync(Plans.Experiment(seconds: 60), strict: true));
    }

    [Fact]
    [Trait("Rule", "12")]
    public async Task The_halt_object_put_in_a_look_stops_the_ramp_and_reverts()
    {
        var first = true;
        _cluster.Success = c =>
        {
            if (first && !c.Faulted.IsEmpty) c.PutHalt("kubectl");
            first &= c.Faulted.IsEmpty;
            return 100;
        };
        ItStoppedAfterTheFirst(await RunAsync(Plans.Experiment(seconds: 60)));
    }

    private async Task<Run> RunAsync(ExperimentPlan experiment, bool strict = false)
    {
        var exercise = await _node.RunningAsync(false, experiment);
        await using (var db = _node.Open())
            if (strict) await db.Database.ExecuteSqlAsync($$"""UPDATE exercises SET policy = policy || '{"RampNeedsTolerance":true}'::jsonb WHERE id = {{exercise.Id}}""");
        return await _node.UntilAsync(await _node.StartAsync(exercise), RunState.Done);
    }

    private void ItStoppedAfterTheFirst(Run run)
    {
        run.Injections.Count(i => i.SentAt is not null).ShouldBe(1, run.Reason);
        run.Injections.Count(i => i.Phase == InjectionPhase.Void).ShouldBe(2);
        _cluster.Faulted.ShouldBeEmpty();
        _cluster.Unproved.ShouldBeEmpty();
    }
}
