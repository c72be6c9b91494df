using GameDay.Domain.Experiments;
using GameDay.Kubernetes;

namespace GameDay.Faults.Targeting;

/// <summary>Living pods of one namespace by labels, owner, zone and node.</summary>
internal sealed class PodSearch(KubernetesClient client, string cluster) : ITargetSearch<PodRow>
{
    private readonly PodRows _rows = new(client);
    private readonly PodDescriber _describer = new(client, cluster);

    public string Plural => "pods";

    /// <summary>Where the choice does not depend on the place and few are chosen, metadata is enough to choose by.</summary>
    public Task<Found<PodRow>> FindAsync(TargetSpec spec, CancellationToken ct) =>
        FindAsync(spec, metadataOnly: spec is { Zone: null, Node: null } && (spec.Choose == Choice.One || (spec.Choose == Choice.Count && spec.Amount <= PodRows.Few)), ct);

    /// <summary>The same with the place of each.</summary>
    public Task<Found<PodRow>> FindPlacedAsync(TargetSpec spec, CancellationToken ct) => FindAsync(spec, metadataOnly: false, ct);

    public async Task<IReadOnlyList<FaultTarget>> DescribeAsync(IReadOnlyList<PodRow> chosen, CancellationToken ct) =>
        await _describer.DescribeAsync(chosen.Any(pod => pod.Node is null) && chosen.Count <= PodRows.Few ? await _rows.CompleteAsync(chosen, ct) : chosen, ct);

    private async Task<Found<PodRow>> FindAsync(TargetSpec spec, bool metadataOnly, CancellationToken ct)
    {
        var whole = await WholeAsync(spec, metadataOnly, ct);
        if (spec.Zone is not null)
            await _describer.LearnZonesAsync(whole, ct);
        var inZone = await Narrowing.WhereAsync(whole, spec.Zone, pod => _describer.ZoneAsync(pod.Node, ct),
            zones => $"None of {whole.Count} pods runs in zone '{spec.Zone}'; zones found: {zones}. Look with: kubectl get nodes -L topology.kubernetes.io/zone.");
        var among = await Narrowing.WhereAsync(inZone, spec.Node, pod => Task.FromResult(pod.Node),
            nodes => $"None of {inZone.Count} pods runs on node '{spec.Node}'; nodes found: {nodes}. Look with: kubectl -n {spec.Namespace} get pods -o wide{Narrowing.LabelOption(spec)}.");
        return new(whole.Count, among);
    }

    private async Task<IReadOnlyList<PodRow>> WholeAsync(TargetSpec spec, bool metadataOnly, CancellationToken ct)
    {
        var alive = await _rows.ListAsync(spec.Namespace, Narrowing.SelectorOrNull(spec), metadataOnly, ct);
        var look = $"kubectl -n {spec.Namespace} get pods{Narrowing.LabelOption(spec)}";
        if (alive.Count == 0)
            throw Narrowing.Nothing($"No running pod in namespace '{spec.Namespace}' of cluster '{cluster}'{(spec.Selector.Length > 0 ? $" matches '{spec.Selector}'" : "")}. Look with: {look}.");
        if (spec.Owner is not null)
            await _describer.LearnOwnersAsync(alive, ct);
        return await Narrowing.WhereAsync(alive, spec.Owner, pod => _describer.OwnerAsync(pod.Controller, pod.Namespace, ct),
            owners => $"None of {alive.Count} running pods in '{spec.Namespace}' belongs to '{spec.Owner}'; owners found: {owners}. Look with: {look} -o custom-columns=NAME:.metadata.name,OWNER:.metadata.ownerReferences[0].name.");
    }
}
