using GameDay.Domain;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.IntegrationTests.Postgres;
using Microsoft.EntityFrameworkCore;
using Shouldly;

namespace GameDay.IntegrationTests.Engine;

public sealed class LeakTests(Database database) : IClassFixture<Database>, IAsyncLifetime
{
    private readonly FakeCluster _cluster = new();
    private EngineNode _node = null!;

    public async ValueTask InitializeAsync() => _node = await EngineNode.StartAsync(database.ConnectionString, _cluster);

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    [Trait("Rule", "11")]
    public async Task What_is_not_proved_gone_is_leaked_blocks_everything_and_is_tried_until_it_is_gone()
    {
        _cluster.VerifyFindsIt = true;
        var exercise = await _node.RunningAsync();
        var id = await _node.StartAsync(exercise);
        var leaked = await _node.UntilAsync(id, RunState.Leaked);
        leaked.Injections.Single().Phase.ShouldBe(InjectionPhase.Leaked);
        leaked.Reason!.ShouldContain("kubectl undo");
        var second = await _node.RunningAsync();
        (await Should.ThrowAsync<RuleBroken>(() => _node.StartAsync(second))).Rule.ShouldBe("NothingLeaked");
        await using var db = _node.Open();
        (await db.Outbox.CountAsync(m => m.ExerciseId == exercise.Id && m.Kind == NoticeKind.Leak)).ShouldBe(1);
        await _node.UntilAsync(id, r => r.Injections.Single().RevertAttempts >= 3, "tried again by itself");
        (await db.Outbox.CountAsync(m => m.ExerciseId == exercise.Id && m.Kind == NoticeKind.Leak)).ShouldBe(1);
        _cluster.VerifyFindsIt = false;
        var run = await _node.UntilAsync(id, RunState.Done);
        run.Injections.Single().Phase.ShouldBe(InjectionPhase.Reverted);
        _cluster.Faulted.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "11")]
    public async Task One_failing_revert_stops_no_other()
    {
        _cluster.Choose = 3;
        _cluster.RevertFailsOn = "cart-2";
        var exercise = await _node.RunningAsync();
        var id = await _node.StartAsync(exercise);
        var leaked = await _node.UntilAsync(id, RunState.Leaked);
        leaked.Injections.OrderBy(i => i.Number).Select(i => i.Phase).ShouldBe([InjectionPhase.Reverted, InjectionPhase.Leaked, InjectionPhase.Reverted]);
        _cluster.Faulted.Count.ShouldBe(1);
        _cluster.RevertFailsOn = null;
        await _node.UntilAsync(id, RunState.Done);
    }

    [Fact]
    public async Task A_cluster_that_is_away_at_the_revert_is_tried_until_it_is_back()
    {
        var exercise = await _node.RunningAsync(false, Plans.Experiment(seconds: 60));
        var id = await _node.StartAsync(exercise);
        await _node.UntilAsync(id, RunState.Observing);
        _cluster.Away = true;
        await _node.Runs.AbortRunAsync(exercise.Id, id, Plans.Author, null, CancellationToken.None);
        await _node.UntilAsync(id, RunState.Leaked);
        _cluster.Away = false;
        await _node.UntilAsync(id, RunState.Done);
        _cluster.Faulted.ShouldBeEmpty();
    }

    [Fact]
    public async Task Somebody_may_ask_for_another_revert_at_once()
    {
        _cluster.VerifyFindsIt = true;
        await _node.StopAsync();
        await using var patient = await EngineNode.StartAsync(database.ConnectionString, _cluster, EngineNode.Fast with { RetryAfter = TimeSpan.FromMinutes(10), RetryAtMost = TimeSpan.FromMinutes(10) });
        var exercise = await patient.RunningAsync();
        var id = await patient.StartAsync(exercise);
        await patient.UntilAsync(id, RunState.Leaked);
        _cluster.VerifyFindsIt = false;
        await patient.Runs.RetryRevertAsync(exercise.Id, id, Plans.Author, CancellationToken.None);
        await patient.UntilAsync(id, RunState.Done);
    }

    [Fact]
    public async Task People_may_sign_a_leak_over_to_a_real_incident_but_all_clear_stays_refused()
    {
        _cluster.VerifyFindsIt = true;
        var exercise = await _node.RunningAsync();
        var id = await _node.StartAsync(exercise);
        await Eventually.Async(async () =>
        {
            if ((await _node.RunAsync(id)).State != RunState.Leaked) return false;
            await Declare(exercise.Id, id);
            return (await _node.RunAsync(id)).State == RunState.Done;
        }, () => "declared");
        await _node.Exercises.FinishAsync(exercise.Id, Plans.Author, CancellationToken.None);
        await Eventually.Async(async () => (await Should.ThrowAsync<RuleBroken>(() => _node.Exercises.AllClearAsync(exercise.Id, Plans.Author, CancellationToken.None))).Rule == "NothingLeftBehind", () => "refused for the leftover");
    }

    [Fact]
    [Trait("Rule", "11")]
    public async Task Where_no_all_clear_can_be_given_a_named_person_ends_the_exercise_as_a_real_incident()
    {
        _cluster.VerifyFindsIt = true;
        var exercise = await _node.RunningAsync();
        var id = await _node.StartAsync(exercise);
        await _node.UntilAsync(id, RunState.Leaked);
        (await Should.ThrowAsync<RuleBroken>(() => _node.Exercises.DeclareIncidentAsync(exercise.Id, Plans.Author, " ", CancellationToken.None))).Rule.ShouldBe("IncidentIsSigned");

        await Eventually.Async(async () =>
        {
            // A retry of the engine itself may be under way at that very moment.
            try { await _node.Exercises.DeclareIncidentAsync(exercise.Id, Plans.Author, "INC-7, handled by the payments team", CancellationToken.None); }
            catch (RuleBroken retrying) when (retrying.Rule == "RunIsLive") { return false; }
            return true;
        }, () => "declared");

        var ended = await _node.ExerciseAsync(exercise.Id);
        ended.State.ShouldBe(Domain.Exercises.ExerciseState.Debriefing);
        ended.EndedAt.ShouldNotBeNull();
        await using var db = _node.Open();
        var incident = await db.Incidents.SingleAsync(i => i.Title.Contains("INC-7"));
        incident.DeclaredBy.ShouldBe(Plans.Author.Name);
        (await db.Audit.CountAsync(a => a.After == "INC-7, handled by the payments team")).ShouldBe(1);
        (await db.Outbox.CountAsync(m => m.ExerciseId == exercise.Id && m.Kind == NoticeKind.AllClear)).ShouldBe(0);
        incident.Close("the next test", DateTimeOffset.UtcNow);
        await db.SaveChangesAsync();
    }

    [Fact]
    public async Task A_leak_blocks_while_its_revert_is_tried_again_too()
    {
        _cluster.VerifyFindsIt = true;
        await using var node = await EngineNode.StartAsync(database.ConnectionString, _cluster, EngineNode.Fast with { LeakAfter = TimeSpan.FromSeconds(4) });
        await _node.StopAsync();
        var id = await node.StartAsync(await node.RunningAsync());
        var second = await node.RunningAsync();
        await node.UntilAsync(id, r => r.State == RunState.Reverting && r.Injections.Single().Phase == InjectionPhase.Leaked, "tried again");
        (await Should.ThrowAsync<RuleBroken>(() => node.StartAsync(second))).Rule.ShouldBe("NothingLeaked");
        _cluster.VerifyFindsIt = false;
        await node.UntilAsync(id, RunState.Done);
    }

    [Fact]
    public async Task An_exercise_that_runs_by_itself_breaks_nothing_more_after_a_leak_was_signed_over()
    {
        _cluster.VerifyFindsIt = true;
        var exercise = await _node.RunningAsync(true, Plans.Experiment(), Plans.Experiment("second"));
        await Eventually.Async(async () =>
        {
            await using var db = _node.Open();
            var run = await db.Runs.AsNoTracking().SingleOrDefaultAsync(r => r.ExerciseId == exercise.Id && r.Number == 1);
            if (run?.State == RunState.Leaked) await Declare(exercise.Id, run.Id);
            return run?.State == RunState.Done;
        }, () => "declared");
        await Eventually.Async(async () => (await _node.ExerciseAsync(exercise.Id)).State == Domain.Exercises.ExerciseState.WindingDown, () => "winding down");
        await using var all = _node.Open();
        (await all.Runs.CountAsync(r => r.ExerciseId == exercise.Id)).ShouldBe(1);
    }

    // A retry of the engine itself may be under way at that very moment.
    private async Task Declare(Guid exercise, Guid run)
    {
        try
        {
            await _node.Runs.DeclareIncidentAsync(exercise, run, Plans.Author, "INC-7", CancellationToken.None);
        }
        catch (IllegalMove)
        {
            return;
        }
    }
}
