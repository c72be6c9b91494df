using GameDay.Data;
using GameDay.Domain;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Domain.Safety;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Engine.Control;

/// <summary>Gathers what the guards ask about. A fact that cannot be had stays null, and the guard refuses.</summary>
internal sealed class Facts(IDbContextFactory<GameDayDbContext> databases, ITargets targets, ILedger ledger, Faults faults, CalendarFacts calendar, ClusterFacts around, FreshReadings readings, TimeProvider clock)
{
    /// <summary>Everything the guards ask about, read now.</summary>
    public async Task<GuardFacts> GatherAllAsync(ExercisePlan plan, ExperimentPlan experiment, Policy policy, ApprovedTargets? approved, Asking asking, CancellationToken ct)
    {
        var probes = Unknown.OrAsync(() => readings.ReadAsync(plan.Cluster, experiment.Probes, ct));
        var facts = await GatherAsync(plan, experiment, policy, approved, approved?.Seed ?? 0, runId: null, asking, ct);
        return facts with { Probes = await probes };
    }

    /// <summary>Without fresh readings of the probes: a run measures its own baseline.</summary>
    public async Task<GuardFacts> GatherAsync(ExercisePlan plan, ExperimentPlan experiment, Policy policy, ApprovedTargets? approved, int seed, Guid? runId, Asking asking, CancellationToken ct)
    {
        var facts = await TargetFactsAsync(plan, experiment, policy, approved, seed, runId, ct);
        facts = await calendar.AddToAsync(facts with { Touches = KindOf(experiment) }, runId, ct);
        return await around.AddToAsync(facts, asking, ct);
    }

    private async Task<GuardFacts> TargetFactsAsync(ExercisePlan plan, ExperimentPlan experiment, Policy policy, ApprovedTargets? approved, int seed, Guid? runId, CancellationToken ct)
    {
        var kind = faults.Find(experiment.Fault.Kind)?.Kind;
        var (resolved, problem) = await ResolveAsync(plan.Cluster, experiment, seed, ct);
        return new GuardFacts(plan, experiment, policy, kind, resolved, problem, approved,
            await IsHaltedAsync(plan.Cluster, ct),
            kind is null ? null : await OrUnknownAsync(() => targets.AskPermissionsAsync(plan.Cluster, experiment.Targets.Namespace, kind.Permissions, ct)),
            resolved is null ? [] : await HeldElsewhereAsync(plan.Cluster, kind, experiment.Fault, resolved, runId, ct), clock.GetUtcNow());
    }

    public async Task<(ResolvedTargets? Resolved, string? Problem)> ResolveAsync(string cluster, ExperimentPlan experiment, int seed, CancellationToken ct)
    {
        try
        {
            return (await targets.ResolveAsync(cluster, experiment.Targets, KindOf(experiment), seed, ct), null);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            return (null, e is RuleBroken ? e.Message : $"cluster '{cluster}' did not answer: {e.Message}");
        }
    }

    private TargetKind KindOf(ExperimentPlan experiment) =>
        faults.Find(experiment.Fault.Kind)?.Kind.Touches(experiment.Fault.Settings) ?? TargetKind.Pod;

    private async Task<bool?> IsHaltedAsync(string cluster, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.Installations.AnyAsync(i => i.HaltEngaged, ct)) return true;
        return await OrUnknownAsync<bool?>(async () => await ledger.IsHaltedAsync(cluster, ct));
    }

    /// <summary>Anybody's: what the ledger in the cluster says, in the holder's words, and what this database alone knows of.</summary>
    private async Task<IReadOnlyList<string>> HeldElsewhereAsync(string cluster, FaultKind? kind, FaultSpec fault, ResolvedTargets resolved, Guid? runId, CancellationToken ct)
    {
        var held = kind is null ? [] : await HeldInLedgerAsync(cluster, kind.LayerOf(fault.Settings), resolved.Chosen, ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        var active = await db.Injections.AsNoTracking()
            .Where(i => i.RunId != runId && i.Phase != InjectionPhase.Reverted && i.Phase != InjectionPhase.Void)
            .Select(i => i.Target).ToListAsync(ct);
        var uids = active.Select(t => t.Uid).ToHashSet(StringComparer.Ordinal);
        var known = resolved.Chosen.Where(t => uids.Contains(t.Uid) && !held.Any(words => words.Contains(t.Name, StringComparison.Ordinal))).Select(t => t.Name);
        return [.. held, .. known];
    }

    /// <summary>A target whose last fault is proved gone is not held: the run waits the moment it takes to be free.</summary>
    private async Task<IReadOnlyList<string>> HeldInLedgerAsync(string cluster, string layer, IReadOnlyList<FaultTarget> chosen, CancellationToken ct)
    {
        if (layer == "none") return [];
        try
        {
            return [.. (await ledger.HoldsAsync(cluster, layer, chosen, ct)).Where(h => h.FreeIn is null).Select(h => h.Words.TrimEnd('.'))];
        }
        // Not known is held: the guard refuses.
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return [$"not known, the ledger of cluster '{cluster}' did not answer: {e.Message}"];
        }
    }

    /// <summary>Not known is an answer of its own here; the guard says so and refuses.</summary>
    private static async Task<T?> OrUnknownAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return default;
        }
    }
}
