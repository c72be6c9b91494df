using GameDay.Domain;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Engine.Live;
using GameDay.IntegrationTests.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace GameDay.IntegrationTests.Engine;

public sealed class ExerciseTests(Database database) : IClassFixture<Database>, IAsyncLifetime
{
    private readonly FakeCluster _cluster = new();
    private EngineNode _node = null!;

    public async ValueTask InitializeAsync() => _node = await EngineNode.StartAsync(database.ConnectionString, _cluster);

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task An_automatic_exercise_runs_everything_in_order_up_to_the_all_clear()
    {
        await using var second = await EngineNode.StartAsync(database.ConnectionString, _cluster);
        var exercise = await _node.RunningAsync(true, Plans.Experiment("one"), Plans.Experiment("two"));
        await UntilAsync(exercise.Id, ExerciseState.Debriefing);
        await using var db = _node.Open();
        var runs = await db.Runs.Where(r => r.ExerciseId == exercise.Id).OrderBy(r => r.Number).ToListAsync();
        runs.Select(r => (r.ExperimentKey, r.Verdict)).ShouldBe([("one", Verdict.Held), ("two", Verdict.Held)]);
        var kinds = await db.Outbox.Where(m => m.ExerciseId == exercise.Id).OrderBy(m => m.Number).Select(m => m.Kind).ToListAsync();
        kinds.ShouldBe([NoticeKind.Announcement, NoticeKind.Started, NoticeKind.AllClear, NoticeKind.Summary]);
        _cluster.Faulted.ShouldBeEmpty();
    }

    [Fact]
    public async Task All_clear_waits_for_steady_state_and_says_what_is_missing()
    {
        var exercise = await _node.RunningAsync();
        await _node.UntilAsync(await _node.StartAsync(exercise), RunState.Done);
        _cluster.Success = _ => 80;
        await _node.Exercises.FinishAsync(exercise.Id, Plans.Author, CancellationToken.None);
        await Eventually.Async(async () => (await RefusalAsync(exercise.Id)).Message.Contains("success 80", StringComparison.Ordinal), () => "named the probe");
        _cluster.Success = _ => 100;
        await Eventually.Async(async () => await RefusalOrNullAsync(exercise.Id) is null, () => "all clear");
        (await _node.ExerciseAsync(exercise.Id)).State.ShouldBe(ExerciseState.Debriefing);
    }

    [Fact]
    public async Task Finish_is_refused_while_a_run_is_live()
    {
        var exercise = await _node.RunningAsync(false, Plans.Experiment(seconds: 3));
        var id = await _node.StartAsync(exercise);
        (await Should.ThrowAsync<RuleBroken>(() => _node.Exercises.FinishAsync(exercise.Id, Plans.Author, CancellationToken.None))).Rule.ShouldBe("RunIsLive");
        await _node.UntilAsync(id, RunState.Done);
    }

    [Fact]
    public async Task While_halted_nothing_starts_until_it_is_released_with_a_reason()
    {
        var exercise = await _node.RunningAsync(false, Plans.Experiment(seconds: 60));
        var id = await _node.StartAsync(exercise);
        await _node.UntilAsync(id, RunState.Observing);
        (await _node.Halt.HaltAsync(Plans.Approver, "flood", CancellationToken.None)).ShouldSatisfyAllConditions(o => o.Recorded.ShouldBeTrue(), o => o.Problems.ShouldBeEmpty());
        await _node.UntilAsync(id, RunState.Done);
        _cluster.Faulted.ShouldBeEmpty();
        _cluster.HaltObject.ShouldNotBeNull();
        (await _node.ExerciseAsync(exercise.Id)).WasAborted.ShouldBeTrue();
        var next = await _node.RunningAsync();
        (await Should.ThrowAsync<RuleBroken>(() => _node.StartAsync(next))).Rule.ShouldBe("HaltIsReleased");
        await Should.ThrowAsync<RuleBroken>(() => _node.Halt.ReleaseAsync(Plans.Approver, " ", CancellationToken.None));
        await _node.Halt.ReleaseAsync(Plans.Approver, "water is gone", CancellationToken.None);
        _cluster.HaltObject.ShouldBeNull();
        (await _node.UntilAsync(await _node.StartAsync(next), RunState.Done)).Verdict.ShouldBe(Verdict.Held);
    }

    [Fact]
    public async Task A_preview_names_the_experiment_whose_selector_matches_nothing()
    {
        _cluster.Pods = [];
        var refusal = await Should.ThrowAsync<RuleBroken>(() => _node.Runs.PreviewTargetsAsync(Plans.Plan(), CancellationToken.None));
        refusal.Message.ShouldContain("'first'");
    }

    [Fact]
    public async Task A_page_hears_of_every_entry_and_catches_up_after_the_connection_was_cut()
    {
        var feed = _node.Services.GetRequiredService<LiveFeed>();
        var exercise = await _node.RunningAsync();
        var reached = 0L;
        using var heard = feed.Subscribe(exercise.Id, seq => reached = Math.Max(reached, seq));
        await NoteAsync(exercise.Id);
        await Eventually.True(() => reached > 0, "heard");
        await using (var db = _node.Open()) await db.Database.ExecuteSqlAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%' AND pid <> pg_backend_pid()");
        await NoteAsync(exercise.Id);
        var last = (await _node.ExerciseAsync(exercise.Id)).LastSeq;
        await Eventually.True(() => reached >= last, "caught up");
    }

    private async Task NoteAsync(Guid id)
    {
        await using var db = _node.Open();
        await using var unit = await GameDay.Data.ExerciseLock.LockAsync(db, id, CancellationToken.None);
        unit.Exercise.Record(EntryKind.Note, Plans.Author, "hello");
        await unit.CommitAsync(CancellationToken.None);
    }

    private Task UntilAsync(Guid id, ExerciseState state) => Eventually.Async(async () => (await _node.ExerciseAsync(id)).State == state, () => state.ToString());

    private Task<RuleBroken> RefusalAsync(Guid id) => Should.ThrowAsync<RuleBroken>(() => _node.Exercises.AllClearAsync(id, Plans.Author, CancellationToken.None));

    private async Task<RuleBroken?> RefusalOrNullAsync(Guid id)
    {
        try
        {
            await _node.Exercises.AllClearAsync(id, Plans.Author, CancellationToken.None);
            return null;
        }
        catch (RuleBroken refusal)
        {
            return refusal;
        }
    }
}
