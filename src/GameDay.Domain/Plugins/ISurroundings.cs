using GameDay.Domain.Experiments;

namespace GameDay.Domain.Plugins;

/// <summary>What stands around a fault's targets: who would have to rescue them, how much of the whole they are. Reads only.</summary>
public interface ISurroundings
{
    /// <summary>Where undoing depends on pods. A namespace that may not be read is named, never left out in silence.</summary>
    /// <param name="everywhere">Also DNS, CNI and mesh, which only node faults can reach; else GameDay's own pods.</param>
    Task<RescuersSeen> RescuersAsync(string cluster, bool everywhere, CancellationToken ct);

    /// <summary>How much of namespace, workloads and nodes these targets are.</summary>
    Task<BlastScope> MeasureAsync(string cluster, string ns, IReadOnlyList<FaultTarget> targets, CancellationToken ct);
}

/// <summary>HPA, KEDA, Argo CD, Flux: who else writes to these targets and may undo a fault or fight it. Reads only.</summary>
public interface IOtherWriters
{
    Task<IReadOnlyList<OtherWriter>> FindAsync(string cluster, IReadOnlyList<FaultTarget> targets, CancellationToken ct);
}

/// <param name="Namespaces">Where rescuers live; nothing in them may be a target.</param>
/// <param name="Pods">Those found there.</param>
/// <param name="Unread">Namespaces that may not be read: whether a rescuer is there is not known.</param>
public sealed record RescuersSeen(IReadOnlyList<string> Namespaces, IReadOnlyList<Rescuer> Pods, IReadOnlyList<string> Unread);

/// <param name="Part">What it does for a rescue: <c>reaper</c>, <c>app</c>, <c>database</c>, or its workload in the system's namespaces.</param>
/// <param name="PerNode">One on each node: it is gone with its node only, and another node has its own.</param>
public sealed record Rescuer(string Part, string Namespace, string Name, string Uid, string? Owner, string? Node, bool Ready, bool PerNode = false);

/// <param name="WorkloadPods">Living pods of each target's workload.</param>
/// <param name="PodsTouched">Pods of the namespace that the targets are, own, or carry.</param>
/// <param name="Nodes">Nodes of the cluster; null when they may not be listed.</param>
public sealed record BlastScope(IReadOnlyDictionary<string, int> WorkloadPods, int PodsInNamespace, int PodsTouched, int? Nodes);

/// <param name="Of">What it writes to: <c>Deployment/cart</c>.</param>
/// <param name="Who">e.g. <c>HorizontalPodAutoscaler/cart</c>.</param>
/// <param name="Words">What that means for a fault.</param>
public sealed record OtherWriter(string Of, string Who, string Words);
