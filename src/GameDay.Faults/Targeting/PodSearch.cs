using GameDay.Domain.Experiments;
using GameDay.Kubernetes;

namespace GameDay.Faults.Targeting;

/// <summary>Living pods of one namespace by labels, owner, zone and node.</summary>
internal sealed class PodSearch(KubernetesClient client, string cluster) : ITargetSearch<V1Pod>
{
    private readonly PodDescriber _describer = new(client, cluster);

    public string Plural => "pods";

    public async Task<Found<V1Pod>> FindAsync(TargetSpec spec, CancellationToken ct)
    {
        var whole = await WholeAsync(spec, ct);
        var inZone = await Narrowing.WhereAsync(whole, spec.Zone, pod => _describer.ZoneAsync(pod, ct),
            zones => $"None of {whole.Count} pods runs in zone '{spec.Zone}'; zones found: {zones}. Look with: kubectl get nodes -L topology.kubernetes.io/zone.");
        var among = await Narrowing.WhereAsync(inZone, spec.Node, pod => Task.FromResult(pod.Spec?.NodeName),
            nodes => $"None of {inZone.Count} pods runs on node '{spec.Node}'; nodes found: {nodes}. Look with: kubectl -n {spec.Namespace} get pods -o wide{Narrowing.LabelOption(spec)}.");
        return new(whole.Count, among);
    }

    public Task<IReadOnlyList<FaultTarget>> DescribeAsync(IReadOnlyList<V1Pod> chosen, CancellationToken ct) => _describer.DescribeAsync(chosen, ct);

    private async Task<IReadOnlyList<V1Pod>> WholeAsync(TargetSpec spec, CancellationToken ct)
    {
        var pods = await client.ListAsync<V1Pod>(spec.Namespace, Narrowing.SelectorOrNull(spec), cancellationToken: ct);
        var alive = pods.Items.Where(pod => pod.IsAlive).OrderBy(pod => pod.Metadata.Name, StringComparer.Ordinal).ToList();
        var look = $"kubectl -n {spec.Namespace} get pods{Narrowing.LabelOption(spec)}";
        if (alive.Count == 0)
            throw Narrowing.Nothing($"No running pod in namespace '{spec.Namespace}' of cluster '{cluster}'{(spec.Selector.Length > 0 ? $" matches '{spec.Selector}'" : "")}. Look with: {look}.");
        return await Narrowing.WhereAsync(alive, spec.Owner, pod => _describer.OwnerAsync(pod, ct),
            owners => $"None of {alive.Count} running pods in '{spec.Namespace}' belongs to '{spec.Owner}'; owners found: {owners}. Look with: {look} -o custom-columns=NAME:.metadata.name,OWNER:.metadata.ownerReferences[0].name.");
    }
}
