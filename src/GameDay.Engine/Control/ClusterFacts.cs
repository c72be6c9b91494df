using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Domain.Safety;

namespace GameDay.Engine.Control;

/// <summary>What the cluster says about the targets' surroundings. Each question by itself: one that is not answered leaves its fact unknown.</summary>
internal sealed class ClusterFacts(ISurroundings surroundings, IReapers reapers, INodeRehearsals nodes, DryRuns dryRuns, IEnumerable<IOtherWriters> writers, EngineOptions options, TimeProvider clock)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);

    public async Task<GuardFacts> AddToAsync(GuardFacts facts, Asking asking, CancellationToken ct)
    {
        if (facts.Resolved is not { Chosen: { Count: > 0 } chosen } || facts.Kind is not { } kind) return facts;
        var cluster = facts.Plan.Cluster;
        var rescuers = Unknown.OrAsync(() => surroundings.RescuersAsync(cluster, facts.Touches == TargetKind.Node, ct));
        var scope = Unknown.OrAsync(() => surroundings.MeasureAsync(cluster, facts.Experiment.Targets.Namespace, chosen, ct));
        var seen = Unknown.OrAsync(() => ReapersAsync(cluster, wait: asking == Asking.Starting && facts.Policy.NeedsReaper, ct));
        var rehearsals = Unknown.OrAsync(() => dryRuns.AskAsync(facts.Experiment, chosen, afresh: asking == Asking.Preparing, ct));
        var tried = kind.UsesAgent && facts.Touches != TargetKind.Workload ? Unknown.OrAsync(() => nodes.AskAsync(cluster, chosen, asking != Asking.Looking, ct)) : Task.FromResult<IReadOnlyList<NodeRehearsal>?>([]);
        var others = writers.FirstOrDefault() is { } finder ? Unknown.OrAsync(() => finder.FindAsync(cluster, chosen, ct)) : Task.FromResult<IReadOnlyList<OtherWriter>?>(null);
        return facts with { Rescuers = await rescuers, Scope = await scope, Reapers = await seen, Rehearsals = await rehearsals, Nodes = await tried, OtherWriters = await others };
    }

    /// <summary>One that was started together with the app, or anew, gets the time to report itself.</summary>
    private async Task<IReadOnlyList<ReaperSeen>> ReapersAsync(string cluster, bool wait, CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        while (true)
        {
            var seen = await reapers.SeenAsync(cluster, ct);
            if (!wait || seen.Any(r => r.IsAlive) || clock.GetElapsedTime(began) > options.ReaperStartsWithin) return seen;
            await Task.Delay(BetweenLooks, clock, ct);
        }
    }
}

/// <summary>Who asks, and so what may be done for the answer.</summary>
public enum Asking
{
    /// <summary>Anybody looks: what was tried before is shown with its age, no node is tried.</summary>
    Looking,
    /// <summary>Somebody who may start it: nodes are tried, dry runs are asked afresh.</summary>
    Preparing,
    /// <summary>The engine, right before the fault: nodes are tried when that is long ago.</summary>
    Starting,
}

/// <summary>Not known is an answer of its own; the guard says so and refuses.</summary>
internal static class Unknown
{
    public static async Task<T?> OrAsync<T>(Func<Task<T>> ask)
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
