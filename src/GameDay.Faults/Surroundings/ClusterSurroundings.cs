using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults.Surroundings;

/// <summary>Reads what stands around targets: GameDay's own pods, the system's, and how much of the whole the targets are.</summary>
public sealed class ClusterSurroundings(ClusterConnections clusters, FaultOptions options) : ISurroundings
{
    /// <summary>Where DNS, network and mesh run; one that does not exist is empty.</summary>
    private static readonly string[] System = ["kube-system", "calico-system", "cilium", "kube-flannel", "istio-system", "linkerd"];

    public Task<RescuersSeen> RescuersAsync(string cluster, bool everywhere, CancellationToken ct) => Refusals.ExplainAsync(async () =>
    {
        var search = new RescuerSearch(clusters.For(cluster), options.Namespace, cluster);
        string[] all = [options.Namespace, .. System];
        var read = await Task.WhenAll((everywhere ? all : [options.Namespace]).Select(ns => search.InAsync(ns, ct)));
        return new RescuersSeen(all, [.. read.SelectMany(r => r.Pods ?? [])], [.. read.Where(r => r.Pods is null).Select(r => r.Namespace)]);
    });

    public Task<BlastScope> MeasureAsync(string cluster, string ns, IReadOnlyList<FaultTarget> targets, CancellationToken ct) =>
        Refusals.ExplainAsync(() => new ScopeMeasure(clusters.For(cluster), cluster).OfAsync(ns, targets, ct));
}
