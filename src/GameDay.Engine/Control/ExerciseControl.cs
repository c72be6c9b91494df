using System.Globalization;
using GameDay.Data;
using GameDay.Domain;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.People;
using GameDay.Domain.Plugins;
using GameDay.Domain.Safety;
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

    /// <summary>
    /// The signed way out of a leak: a named person takes it over as a real incident, and the exercise ends without an all clear.
    /// The incident stays open and refuses every fault until it is closed; the reaper goes on trying.
    /// </summary>
    /// <exception cref="RuleBroken">No reason, nothing left behind, or a run that is not leaked is still live.</exception>
    public async Task DeclareIncidentAsync(Guid exerciseId, Actor by, string reason, CancellationToken ct)
    {
        PlanRules.Check(PlanRules.IncidentIsSigned(reason));
        var swept = await LeftAsync((await ReadAsync(exerciseId, ct)).Plan.Cluster, ct);
        await using var db = await _databases.CreateDbContextAsync(ct);
        await using var unit = await db.LockAsync(exerciseId, ct);
        var leaked = SignOver(await unit.LockRunsAsync(ct), by, reason);
        if (unit.Exercise.State is ExerciseState.Running or ExerciseState.Paused) unit.Exercise.Finish(by);
        if (unit.Exercise.State is ExerciseState.Aborting) unit.Exercise.RunsEnded();
        unit.Exercise.HandOver(reason, [.. leaked, .. swept], by, _clock.GetUtcNow());
        var incident = new OpenIncident(Guid.CreateVersion7(), $"{unit.Exercise.Title}: {reason}", by.Name, _clock.GetUtcNow());
        db.Incidents.Add(incident);
        db.Audit.Add(new AuditEntry(by.Name, "exercise declared a real incident", unit.Exercise.Title, before: null, after: reason));
        await unit.CommitAsync(ct);
        await _steady.ForgetAsync(exerciseId);
    }

    private List<string> SignOver(IReadOnlyList<Run> runs, Actor by, string reason)
    {
        if (runs.FirstOrDefault(r => !r.IsTerminal && r.State != RunState.Leaked) is { } live)
            throw new RuleBroken("RunIsLive", $"Run {live.Number} is still {live.State}. Abort it or wait a moment, then declare it.");
        var leaked = runs.Where(r => r.State == RunState.Leaked).ToList();
        foreach (var run in leaked)
        {
            run.Judge(Verdict.Inconclusive, $"Declared a real incident by {by.Name}: {reason}");
            run.Move(RunTrigger.DeclareIncident, _clock.GetUtcNow());
        }

        return [.. leaked.Select(r => $"run {r.Number}: {r.Reason}")];
    }

    /// <summary>A cluster that does not answer is a reason to declare it, never one to stop that.</summary>
    private async Task<IReadOnlyList<string>> LeftAsync(string cluster, CancellationToken ct)
    {
        try
        {
            return [.. (await _ledger.SweepAsync(cluster, ct)).Select(l => $"{l.Object} ({l.MadeBy})")];
        }
        catch (Exception away) when (away is not OperationCanceledException)
        {
            return [$"what is left in {cluster} could not be read: {away.Message}"];
        }
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
