using System.Globalization;
using GameDay.Data;
using GameDay.Domain;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.People;
using GameDay.Domain.Plugins;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Engine.Control;

/// <summary>Ends an exercise: no further experiment, then all clear when nothing is left behind and the system is steady.</summary>
public sealed class ExerciseControl
{
    private readonly IDbContextFactory<GameDayDbContext> _databases;
    private readonly ILedger _ledger;
    private readonly SteadyWatches _steady;
    private readonly TimeProvider _clock;

    internal ExerciseControl(IDbContextFactory<GameDayDbContext> databases, ILedger ledger, SteadyWatches steady, TimeProvider clock)
    {
        _databases = databases;
        _ledger = ledger;
        _steady = steady;
        _clock = clock;
    }

    /// <summary>No further experiment starts; steady state is measured from now on for the all clear.</summary>
    /// <exception cref="RuleBroken">A run is still live.</exception>
    public async Task FinishAsync(Guid exerciseId, Actor by, CancellationToken ct)
    {
        await using var db = await _databases.CreateDbContextAsync(ct);
        await using var unit = await db.LockAsync(exerciseId, ct);
        if ((await unit.LockRunsAsync(ct)).FirstOrDefault(r => !r.IsTerminal) is { } live)
            throw new RuleBroken("RunIsLive", $"Run {live.Number} is still {live.State}. Wait for its end or abort it, then finish.");
        unit.Exercise.Finish(by);
        await unit.CommitAsync(ct);
        _steady.Watch(unit.Exercise);
    }

    /// <summary>All clear: the sweep finds nothing of anybody's, and every probe was in tolerance for the policy's time.</summary>
    /// <exception cref="RuleBroken">Something is left, or not steady for long enough yet; the message says which and how long.</exception>
    public async Task AllClearAsync(Guid exerciseId, Actor by, CancellationToken ct)
    {
        var exercise = await ReadAsync(exerciseId, ct);
        if (!ExerciseLifecycle.Allows(exercise.State, ExerciseTrigger.AllClear)) throw new IllegalMove("The exercise", exercise.State, ExerciseTrigger.AllClear);
        if (_steady.Watch(exercise).Unsteady(exercise.Policy.AllClearFor) is { } unsteady) throw new RuleBroken("SteadyBeforeAllClear", unsteady);
        var leftovers = await _ledger.SweepAsync(exercise.Plan.Cluster, ct);
        await using var db = await _databases.CreateDbContextAsync(ct);
        await using var unit = await db.LockAsync(exerciseId, ct);
        unit.Exercise.AllClear(leftovers, by, _clock.GetUtcNow(), Summary(await unit.LockRunsAsync(ct)));
        await unit.CommitAsync(ct);
        await _steady.ForgetAsync(exerciseId);
    }

    private async Task<Exercise> ReadAsync(Guid id, CancellationToken ct)
    {
        await using var db = await _databases.CreateDbContextAsync(ct);
        return await db.Exercises.FindOrRefuseAsync(id, ct);
    }

    private static string Summary(IReadOnlyList<Run> runs)
    {
        if (runs.Count == 0) return "The exercise is over; no experiment was run.";
        var verdicts = runs.GroupBy(r => r.Verdict is { } v ? Words(v) : r.State.ToString().ToLowerInvariant()).Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Count()} {g.Key}"));
        return $"The exercise is over: {runs.Count} experiment runs, {string.Join(", ", verdicts)}. Every fault is proved gone.";
    }

    private static string Words(Verdict verdict) => verdict == Verdict.NotHeld ? "not held" : verdict.ToString().ToLowerInvariant();
}
