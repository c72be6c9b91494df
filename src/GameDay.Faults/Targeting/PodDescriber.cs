using GameDay.Domain.Experiments;
using GameDay.Kubernetes;

namespace GameDay.Faults.Targeting;

/// <summary>Adds to a pod what people want to know of a target: its workload and its zone. Each owner and node is read once.</summary>
internal sealed class PodDescriber(KubernetesClient client, string cluster)
{
    private readonly Dictionary<string, string?> _zones = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _owners = new(StringComparer.Ordinal);

    public async Task<IReadOnlyList<FaultTarget>> DescribeAsync(IReadOnlyList<V1Pod> pods, CancellationToken ct)
    {
        var targets = new List<FaultTarget>();
        foreach (var pod in pods)
            targets.Add(await DescribeAsync(pod, ct));
        return targets;
    }

    public async Task<string?> ZoneAsync(V1Pod pod, CancellationToken ct) => pod.Spec?.NodeName is { } node ? await ZoneAsync(node, ct) : null;

    /// <summary>The workload behind the pod, e.g. <c>Deployment/cart</c>; null for a pod that nobody would replace.</summary>
    public async Task<string?> OwnerAsync(V1Pod pod, CancellationToken ct) =>
        pod.Metadata.Controller is { } owner ? await OwnerAsync(owner, pod.Metadata.Namespace!, ct) : null;

    private async Task<FaultTarget> DescribeAsync(V1Pod pod, CancellationToken ct) => new()
    {
        Cluster = cluster,
        Namespace = pod.Metadata.Namespace!,
        Kind = "Pod",
        Name = pod.Metadata.Name!,
        Uid = pod.Metadata.Uid!,
        Node = pod.Spec?.NodeName,
        Zone = await ZoneAsync(pod, ct),
        Owner = await OwnerAsync(pod, ct),
        Ip = pod.Status?.PodIP,
        Ready = pod.IsReady,
        Labels = pod.Metadata.Labels ?? new Dictionary<string, string>(StringComparer.Ordinal),
    };

    private async Task<string?> ZoneAsync(string node, CancellationToken ct)
    {
        if (_zones.TryGetValue(node, out var known))
            return known;
        return _zones[node] = (await ReadOrNullAsync<V1Node>(node, null, ct))?.Zone;
    }

    private async Task<string> OwnerAsync(V1OwnerReference owner, string ns, CancellationToken ct)
    {
        if (_owners.TryGetValue(owner.Uid, out var known))
            return known;
        var above = owner.Kind == "ReplicaSet" ? (await ReadOrNullAsync<V1ReplicaSet>(owner.Name, ns, ct))?.Metadata.Controller : null;
        return _owners[owner.Uid] = $"{(above ?? owner).Kind}/{(above ?? owner).Name}";
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
