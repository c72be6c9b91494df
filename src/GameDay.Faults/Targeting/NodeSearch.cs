using GameDay.Domain.Experiments;
using GameDay.Kubernetes;

namespace GameDay.Faults.Targeting;

/// <summary>Nodes by their labels, zone, name, and the workload that runs on them. The namespace is where their pods may be touched.</summary>
internal sealed class NodeSearch(KubernetesClient client, string cluster) : ITargetSearch<V1Node>
{
    private const string Look = "kubectl get nodes -L topology.kubernetes.io/zone";
    private string _namespace = "";

    public string Plural => "nodes";

    public async Task<Found<V1Node>> FindAsync(TargetSpec spec, CancellationToken ct)
    {
        _namespace = spec.Namespace;
        var nodes = (await client.ListAsync<V1Node>(labelSelector: Narrowing.SelectorOrNull(spec), cancellationToken: ct)).Items
            .OrderBy(node => node.Metadata.Name, StringComparer.Ordinal).ToList();
        if (nodes.Count == 0)
            throw Narrowing.Nothing($"No node of cluster '{cluster}' matches '{spec.Selector}'. Look with: {Look}{Narrowing.LabelOption(spec)}.");
        var inZone = await Narrowing.WhereAsync(nodes, spec.Zone, node => Task.FromResult(node.Zone),
            zones => $"None of {nodes.Count} nodes is in zone '{spec.Zone}'; zones found: {zones}. Look with: {Look}.");
        var named = await Narrowing.WhereAsync(inZone, spec.Node, node => Task.FromResult(node.Metadata.Name),
            names => $"No such node '{spec.Node}'; nodes found: {names}. Look with: {Look}.");
        return new(nodes.Count, await WithOwnerAsync(named, spec, ct));
    }

    public Task<IReadOnlyList<FaultTarget>> DescribeAsync(IReadOnlyList<V1Node> chosen, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<FaultTarget>>([.. chosen.Select(node => new FaultTarget
        {
            Cluster = cluster,
            Namespace = _namespace,
            Kind = "Node",
            Name = node.Metadata.Name!,
            Uid = node.Metadata.Uid!,
            Node = node.Metadata.Name,
            Zone = node.Zone,
            Ready = node.IsReady,
            Labels = node.Metadata.Labels ?? new Dictionary<string, string>(StringComparer.Ordinal),
        })]);

    private async Task<IReadOnlyList<V1Node>> WithOwnerAsync(IReadOnlyList<V1Node> nodes, TargetSpec spec, CancellationToken ct)
    {
        if (spec.Owner is null)
            return nodes;
        var owned = (await new PodSearch(client, cluster).FindPlacedAsync(new(spec.Namespace, "") { Owner = spec.Owner }, ct)).Among;
        var hosts = owned.Select(pod => pod.Node).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var among = nodes.Where(node => hosts.Contains(node.Metadata.Name!)).ToList();
        return among.Count > 0 ? among : throw Narrowing.Nothing($"No pod of '{spec.Owner}' runs on {string.Join(", ", nodes.Select(node => node.Metadata.Name).Take(10))}. Look with: kubectl -n {spec.Namespace} get pods -o wide.");
    }
}
