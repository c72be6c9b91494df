using GameDay.Domain.Experiments;
using GameDay.Kubernetes;

namespace GameDay.Faults.Targeting;

/// <summary>Adds to a pod what people want to know of a target: its workload and its zone. Each owner and node is read once, many of them at once.</summary>
internal sealed class PodDescriber(KubernetesClient client, string cluster)
{
    private const string ZoneLabel = "topology.kubernetes.io/zone";
    private readonly Dictionary<string, string?> _zones = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _owners = new(StringComparer.Ordinal);

    public async Task<IReadOnlyList<FaultTarget>> DescribeAsync(IReadOnlyList<PodRow> pods, CancellationToken ct)
    {
        await LearnZonesAsync(pods, ct);
        await LearnOwnersAsync(pods, ct);
        var targets = new List<FaultTarget>(pods.Count);
        foreach (var pod in pods)
            targets.Add(await DescribeAsync(pod, ct));
        return targets;
    }

    /// <summary>Asks for all nodes in one call where that is cheaper than one by one.</summary>
    public async Task LearnZonesAsync(IReadOnlyList<PodRow> pods, CancellationToken ct)
    {
        if (pods.Select(pod => pod.Node).OfType<string>().Distinct(StringComparer.Ordinal).Count(node => !_zones.ContainsKey(node)) <= PodRows.Few)
            return;
        foreach (var node in await MetadataAsync(V1Node.Resource, null, ct))
            _zones[node.Name!] = node.Labels?.GetValueOrDefault(ZoneLabel);
    }

    /// <summary>Asks for all ReplicaSets of the namespace in one call where that is cheaper than one by one.</summary>
    public async Task LearnOwnersAsync(IReadOnlyList<PodRow> pods, CancellationToken ct)
    {
        var unknown = pods.Where(pod => pod.Controller is { Kind: "ReplicaSet" } owner && !_owners.ContainsKey(owner.Uid)).DistinctBy(pod => pod.Controller!.Uid, StringComparer.Ordinal).ToList();
        if (unknown.Count <= PodRows.Few)
            return;
        foreach (var set in await MetadataAsync(V1ReplicaSet.Resource, unknown[0].Namespace, ct))
        {
            if (set.OwnerReferences?.FirstOrDefault(owner => owner.Controller == true) is { } above)
                _owners[set.Uid!] = Words(above);
        }
    }

    public async Task<string?> ZoneAsync(string? node, CancellationToken ct)
    {
        if (node is null)
            return null;
        if (_zones.TryGetValue(node, out var known))
            return known;
        return _zones[node] = (await ReadOrNullAsync<V1Node>(node, null, ct))?.Zone;
    }

    /// <summary>The workload behind the pod, e.g. <c>Deployment/cart</c>; null for a pod that nobody would replace.</summary>
    public async Task<string?> OwnerAsync(V1OwnerReference? controller, string ns, CancellationToken ct)
    {
        if (controller is null)
            return null;
        if (_owners.TryGetValue(controller.Uid, out var known))
            return known;
        var above = controller.Kind == "ReplicaSet" ? (await ReadOrNullAsync<V1ReplicaSet>(controller.Name, ns, ct))?.Metadata.Controller : null;
        return _owners[controller.Uid] = Words(above ?? controller);
    }

    private static string Words(V1OwnerReference owner) => $"{owner.Kind}/{owner.Name}";

    private async Task<FaultTarget> DescribeAsync(PodRow pod, CancellationToken ct) => new()
    {
        Cluster = cluster,
        Namespace = pod.Namespace,
        Kind = "Pod",
        Name = pod.Name,
        Uid = pod.Uid,
        Node = pod.Node,
        Zone = await ZoneAsync(pod.Node, ct),
        Owner = await OwnerAsync(pod.Controller, pod.Namespace, ct),
        Ip = pod.Ip,
        Ready = pod.Ready,
        Labels = pod.Labels,
    };

    private async Task<IReadOnlyList<PodRow.Meta>> MetadataAsync(ResourceType resource, string? ns, CancellationToken ct)
    {
        try
        {
            return (await client.SelectAsync<PodRow.Brief, PodRow.Meta>(resource, item => item.Metadata, ns, metadataOnly: true, cancellationToken: ct)).Items;
        }
        catch (KubernetesException refusal) when (refusal.Code == 403)
        {
            return []; // then they are asked for one by one
        }
    }

    /// <summary>These are words for people: without the permission to read them a target is as good.</summary>
    private async Task<T?> ReadOrNullAsync<T>(string name, string? ns, CancellationToken ct)
        where T : class, IKubernetesObject
    {
        try
        {
            return await client.FindAsync<T>(name, ns, ct);
        }
        catch (KubernetesException refusal) when (refusal.Code == 403)
        {
            return null;
        }
    }
}
