using GameDay.Data;
using GameDay.Domain;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.People;
using GameDay.Domain.Plugins;
using GameDay.Domain.Safety;
using GameDay.Engine.Runs;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Engine.Control;

/// <summary>What request handlers ask of the engine about runs. Roles are checked by the handler.</summary>
public sealed class RunControl
{
    private readonly IDbContextFactory<GameDayDbContext> _databases;
    private readonly Facts _facts;
    private readonly Faults _faults;
    private readonly Aborting _aborting;
    private readonly OwnedRuns _owned;
    private readonly Runner _runner;
    private readonly TimeProvider _clock;

    internal RunControl(IDbContextFactory<GameDayDbContext> databases, Facts facts, Faults faults, Aborting aborting, OwnedRuns owned, Runner runner, TimeProvider clock)
    {
        _databases = databases;
        _facts = facts;
        _faults = faults;
        _aborting = aborting;
        _owned = owned;
        _runner = runner;
        _clock = clock;
    }

    /// <summary>Resolves every experiment's selector to what it would touch now.</summary>
    /// <exception cref="RuleBroken">A selector matches nothing, or the cluster is away; the message names the experiment.</exception>
    public async Task<IReadOnlyList<ApprovedTargets>> PreviewTargetsAsync(ExercisePlan plan, CancellationToken ct)
    {
        var all = new List<ApprovedTargets>();
        foreach (var experiment in plan.Experiments)
        {
            var seed = NewSeed(Guid.CreateVersion7());
            var (resolved, problem) = await _facts.ResolveAsync(plan.Cluster, experiment, seed, ct);
            if (resolved is null || resolved.Chosen.Count == 0) throw new RuleBroken("TargetsResolved", $"Experiment '{experiment.Key}': {problem ?? $"nothing matches {TargetWords.Of(experiment.Targets)}"}");
            all.Add(Shown(experiment.Key, resolved, seed));
        }
        return all;
    }

    /// <summary>Asks every guard now, as the start will; null in an answer means it could not be known, which refuses as well.</summary>
    public async Task<IReadOnlyList<GuardAnswer>> PreflightAsync(Exercise exercise, ExperimentPlan experiment, Asking asking, CancellationToken ct) =>
        Preflight.Ask(await _facts.GatherAllAsync(exercise.Plan, experiment, exercise.Policy, exercise.Targets.FirstOrDefault(t => t.ExperimentKey == experiment.Key), asking, ct));

    /// <summary>Starts one run. Of two people at once exactly one wins; the other is told who is running.</summary>
    /// <returns>The run's id; it goes on by itself.</returns>
    /// <exception cref="RuleBroken">Not running, halted, another run is live, or a fault has leaked.</exception>
    public Task<Guid> StartRunAsync(Guid exerciseId, string experimentKey, Actor by, CancellationToken ct) => StartAsync(exerciseId, experimentKey, by, after: null, ct);

    /// <param name="after">Number of runs the caller knew of; with more by now somebody else was first. Null: any.</param>
    internal async Task<Guid> StartAsync(Guid exerciseId, string experimentKey, Actor by, int? after, CancellationToken ct)
    {
        await using var db = await _databases.CreateDbContextAsync(ct);
        await using var unit = await db.LockAsync(exerciseId, ct);
        var experiment = unit.Exercise.Plan.Experiments.FirstOrDefault(e => e.Key == experimentKey)
            ?? throw new RuleBroken("NotFound", $"This exercise has no experiment '{experimentKey}'.");
        _faults.Get(experiment.Fault.Kind);
        var runs = await unit.LockRunsAsync(ct);
        StartRules.Check(unit.Exercise, await db.Installations.SingleAsync(ct), runs, await LeakAnywhereAsync(db, ct));
        if (after is { } known && runs.Count != known) throw new RuleBroken("SomebodyWasFirst", "Another node has started a run meanwhile.");
        var run = NewRun(unit.Exercise, experimentKey, runs.Count + 1);
        run.Move(RunTrigger.Arm, _clock.GetUtcNow());
        db.Runs.Add(run);
        unit.Exercise.Record(EntryKind.RunState, by, $"{experiment.Title}: armed by {by.Name}", run.Id);
        await unit.CommitAsync(ct);
        _runner.Wake();
        return run.Id;
    }

    /// <summary>Ends one run now: committed, then reverted at once by whoever is nearest.</summary>
    public Task<AbortOutcome> AbortRunAsync(Guid exerciseId, Guid runId, Actor by, string? reason, CancellationToken ct) => InWordsAsync(_aborting.RunAsync(exerciseId, runId, by, reason, ct));

    /// <summary>Ends the exercise and its runs now. Works with PostgreSQL away for what this node runs itself.</summary>
    public Task<AbortOutcome> AbortExerciseAsync(Guid exerciseId, Actor by, string? reason, CancellationToken ct) => InWordsAsync(_aborting.ExerciseAsync(exerciseId, by, reason, ct));

    /// <summary>Tries a leaked run's revert again at once instead of at its next turn.</summary>
    public async Task RetryRevertAsync(Guid exerciseId, Guid runId, Actor by, CancellationToken ct)
    {
        await using var db = await _databases.CreateDbContextAsync(ct);
        await using var unit = await db.LockAsync(exerciseId, ct);
        var run = await unit.LockRunAsync(runId, ct);
        if (run.State != RunState.Leaked) throw new RuleBroken("NotLeaked", $"The run is {run.State}; there is nothing to revert again.");
        unit.Exercise.Record(EntryKind.Action, by, "Asked for another revert", runId);
        if (_owned.Find(runId) is null) run.Move(RunTrigger.Retry, _clock.GetUtcNow());
        await unit.CommitAsync(ct);
        _owned.Find(runId)?.RetryNow();
        _runner.Wake();
    }

    /// <summary>The signed way out of a leak: people take it over as a real incident. The sweep still refuses all clear until it is gone.</summary>
    public async Task DeclareIncidentAsync(Guid exerciseId, Guid runId, Actor by, string reason, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(reason)) throw new RuleBroken("IncidentNeedsAReason", "Say who handles the incident and where.");
        await using var db = await _databases.CreateDbContextAsync(ct);
        await using var unit = await db.LockAsync(exerciseId, ct);
        var run = await unit.LockRunAsync(runId, ct);
        run.Judge(Verdict.Inconclusive, $"Declared a real incident by {by.Name}: {reason}");
        run.Move(RunTrigger.DeclareIncident, _clock.GetUtcNow());
        unit.Exercise.Record(EntryKind.Decision, by, $"Declared a real incident: {reason}", runId);
        await unit.CommitAsync(ct);
    }

    private static async Task<AbortOutcome> InWordsAsync(Task<AbortOutcome> abort)
    {
        try
        {
            return await abort;
        }
        catch (Exception e) when (ExerciseLock.IsConnectionLoss(e))
        {
            throw new RuleBroken("DatabaseAway", "PostgreSQL is away and no run of this exercise is on this node; the node that runs it reverts by itself within 10 s. To stop everything in the cluster now: kubectl -n gameday create configmap gameday-halt");
        }
    }

    /// <summary>A leak stays one while its revert is being tried again.</summary>
    private static Task<string?> LeakAnywhereAsync(GameDayDbContext db, CancellationToken ct) => db.Runs.AsNoTracking()
        .Where(r => r.State == RunState.Leaked || (r.State == RunState.Reverting && r.Injections.Any(i => i.Phase == InjectionPhase.Leaked)))
        .Select(r => r.Reason ?? "").FirstOrDefaultAsync(ct);

    private static Run NewRun(Exercise exercise, string key, int number)
    {
        var id = Guid.CreateVersion7();
        // Drawn as it was for the approvers; nobody approved a list where this was not kept.
        var seed = exercise.Targets.FirstOrDefault(t => t.ExperimentKey == key) is { Targets.Count: > 0 } approved ? approved.Seed : NewSeed(id);
        return new Run(id, exercise.Id, key, number, seed);
    }

    // The random part of an id is the chance; recorded, the choice can be repeated.
    private static int NewSeed(Guid id) => BitConverter.ToInt32(id.ToByteArray(), 12) & int.MaxValue;

    private static ApprovedTargets Shown(string key, ResolvedTargets resolved, int seed) =>
        new(key, resolved.Matching, [.. resolved.Chosen.Select(t => t.Owner ?? t.Name).Distinct(StringComparer.Ordinal)], [.. resolved.Chosen.Select(t => t.Name)])
        {
            Targets = [.. resolved.Chosen.Select(t => new ApprovedTarget(t.Kind, t.Name, t.Uid, t.Owner, t.Node, t.Zone))],
            Seed = seed,
        };
}
