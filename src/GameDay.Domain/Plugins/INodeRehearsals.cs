using GameDay.Domain.Experiments;

namespace GameDay.Domain.Plugins;

/// <summary>Whether a fault agent would run on the nodes of these targets: tried once per node with an agent that only looks, remembered for ten minutes.</summary>
public interface INodeRehearsals
{
    /// <param name="mayTry">False: only what is remembered. Trying adds a container to one target's pod on each node, which stays in its spec.</param>
    Task<IReadOnlyList<NodeRehearsal>> AskAsync(string cluster, IReadOnlyList<FaultTarget> targets, bool mayTry, CancellationToken ct);
}

/// <param name="Fit">Null: not tried, or it did not answer.</param>
/// <param name="Words">What was found: image, runtime, interface, nftables, clock; or why not.</param>
/// <param name="At">When it was tried.</param>
public sealed record NodeRehearsal(string Node, bool? Fit, string Words, DateTimeOffset At);
