using GameDay.Data;
using GameDay.Domain;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.People;
using GameDay.Engine.Runs;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Engine.Control;

/// <param name="Recorded">False while PostgreSQL is away: the revert goes on from memory and is written down later.</param>
/// <param name="InWords">What to tell whoever pressed it.</param>
public sealed record AbortOutcome(bool Recorded, string InWords);

/// <summary>Commit, then revert now (revert protocol, rule 12). The commit gets a second; the revert does not wait longer for it, nor does whoever pressed the button.</summary>
internal sealed class Aborting(IDbContextFactory<GameDayDbContext> databases, OwnedRuns owned, ForeignRevert foreign, Runner runner, TimeProvider clock)
{
    private static readonly TimeSpan CommitFirst = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(4);

    public Task<AbortOutcome> RunAsync(Guid exerciseId, Guid runId, Actor by, string? reason, CancellationToken ct) =>
        EndAsync(CommitRunAsync(exerciseId, runId, by, reason, ct), [.. owned.Of(exerciseId).Where(r => r.Id == runId)], new AbortOrder(by, reason, WholeExercise: false));

    public Task<AbortOutcome> ExerciseAsync(Guid exerciseId, Actor by, string? reason, CancellationToken ct) =>
        EndAsync(CommitExerciseAsync(exerciseId, by, reason, ct), owned.Of(exerciseId), new AbortOrder(by, reason, WholeExercise: true));

    private async Task<AbortOutcome> EndAsync(Task<IReadOnlyList<Run>> commit, IReadOnlyList<OwnedRun> here, AbortOrder order)
    {
        await Task.WhenAny(commit, Task.Delay(CommitFirst, clock));
        // A refusal (no such run, not live) is the caller's to hear; nothing is aborted then.
        if (commit.Exception?.InnerException is RuleBroken refusal) throw refusal;
        foreach (var run in here) run.Abort(order);
        try
        {
            var aborted = here.Count > 0 ? await commit.WaitAsync(AnswerWithin, clock) : await commit;
            foreign.Start(aborted.Where(r => owned.Find(r.Id) is null && RunLifecycle.MayHoldFault(r.State)));
            runner.Wake();
            return new AbortOutcome(true, "Aborted. Faults are being reverted now.");
        }
        catch (Exception e) when (ExerciseLock.IsConnectionLoss(e) && here.Count > 0)
        {
            return new AbortOutcome(false, "PostgreSQL does not answer. This node is reverting its faults from memory now and writes it down when the database is back.");
        }
    }

    private async Task<IReadOnlyList<Run>> CommitRunAsync(Guid exerciseId, Guid runId, Actor by, string? reason, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var unit = await db.LockAsync(exerciseId, ct);
        var run = await unit.LockRunAsync(runId, ct);
        End(unit.Exercise, run, by, reason);
        await unit.CommitAsync(ct);
        return [run];
    }

    private async Task<IReadOnlyList<Run>> CommitExerciseAsync(Guid exerciseId, Actor by, string? reason, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var unit = await db.LockAsync(exerciseId, ct);
        var runs = await unit.LockRunsAsync(ct);
        unit.Exercise.Abort(reason, by);
        foreach (var run in runs.Where(r => !r.IsTerminal)) End(unit.Exercise, run, by, reason);
        if (unit.Exercise.State == ExerciseState.Aborting && runs.All(r => r.IsTerminal)) unit.Exercise.RunsEnded();
        await unit.CommitAsync(ct);
        return runs;
    }

    private void End(Exercise exercise, Run run, Actor by, string? reason)
    {
        if (run.IsTerminal) return;
        run.Abort(by.Name, reason, clock.GetUtcNow());
        if (run.State == RunState.Done && run.Verdict is null) run.Judge(Verdict.Aborted, $"Aborted by {by.Name} while recovering");
        exercise.Record(EntryKind.Abort, by, $"Run {run.Number} aborted{(string.IsNullOrWhiteSpace(reason) ? "" : $": {reason}")}", run.Id);
    }
}
