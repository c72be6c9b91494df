using System.Collections.Concurrent;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults.Agents;

/// <summary>
/// Tries an agent that only looks on each node once: whether its image is pulled and starts, and what it finds there. A node
/// that is fit is remembered for ten minutes; one that is not is asked again soon.
/// </summary>
public sealed class NodeRehearsals(ClusterConnections clusters, FaultOptions options, TimeProvider clock) : INodeRehearsals
{
    private static readonly TimeSpan FitFor = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan UnfitFor = TimeSpan.FromSeconds(20);
    private readonly ConcurrentDictionary<(string Cluster, string Node), NodeRehearsal> _kept = new();
    private readonly ConcurrentDictionary<(string Cluster, string Node), SemaphoreSlim> _turns = new();

    public async Task<IReadOnlyList<NodeRehearsal>> AskAsync(string cluster, IReadOnlyList<FaultTarget> targets, bool mayTry, CancellationToken ct)
    {
        var perNode = targets.Where(t => t.Node is not null).DistinctBy(t => t.Node).ToList();
        return await Task.WhenAll(perNode.Select(t => Kept(cluster, t.Node!) is { } kept ? Task.FromResult(kept)
            : mayTry ? TryOnceAsync(cluster, t, ct) : Task.FromResult(new NodeRehearsal(t.Node!, null, "not tried yet; a facilitator's look once the plan is approved tries it", clock.GetUtcNow()))));
    }

    private NodeRehearsal? Kept(string cluster, string node) =>
        _kept.TryGetValue((cluster, node), out var kept) && clock.GetUtcNow() - kept.At < (kept.Fit == true ? FitFor : UnfitFor) ? kept : null;

    /// <summary>Two who ask at once leave one container behind, not two.</summary>
    private async Task<NodeRehearsal> TryOnceAsync(string cluster, FaultTarget target, CancellationToken ct)
    {
        var turn = _turns.GetOrAdd((cluster, target.Node!), _ => new SemaphoreSlim(1));
        await turn.WaitAsync(ct);
        try
        {
            return Kept(cluster, target.Node!) ?? (_kept[(cluster, target.Node!)] = await TryAsync(clusters.For(cluster), target, ct));
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<NodeRehearsal> TryAsync(KubernetesClient client, FaultTarget target, CancellationToken ct)
    {
        try
        {
            var (fit, words) = await new NodeTrial(client, options).OnAsync(target, ct);
            return new(target.Node!, fit, words, clock.GetUtcNow());
        }
        catch (Exception no) when (no is FaultRefused or KubernetesException)
        {
            return new(target.Node!, false, no.Message, clock.GetUtcNow());
        }
        catch (ClusterUnreachableException away)
        {
            return new(target.Node!, null, away.Message, clock.GetUtcNow());
        }
    }
}
