using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Faults.Targeting;
using GameDay.Kubernetes;

namespace GameDay.Faults.Surroundings;

/// <summary>Counts the whole that targets are a part of: their workloads' pods, their namespace, the nodes.</summary>
internal sealed class ScopeMeasure(KubernetesClient client, string cluster)
{
    public async Task<BlastScope> OfAsync(string ns, IReadOnlyList<FaultTarget> targets, CancellationToken ct)
    {
        var pods = (await client.ListAsync<V1Pod>(ns, cancellationToken: ct)).Items.Where(p => p.IsAlive).ToList();
        var owners = await OwnersAsync(pods, ct);
        var workloads = owners.Values.OfType<string>().GroupBy(o => o, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        return new(workloads, pods.Count, pods.Count(p => targets.Any(t => IsOf(p, owners[p.Metadata.Uid!], t))), await NodesAsync(targets, ct));
    }

    private async Task<Dictionary<string, string?>> OwnersAsync(List<V1Pod> pods, CancellationToken ct)
    {
        var describer = new PodDescriber(client, cluster);
        var owners = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var pod in pods) owners[pod.Metadata.Uid!] = await describer.OwnerAsync(pod, ct);
        return owners;
    }

    private static bool IsOf(V1Pod pod, string? owner, FaultTarget target) => target.Kind switch
    {
        "Pod" => pod.Metadata.Uid == target.Uid,
        "Node" => pod.Spec?.NodeName == target.Name,
        _ => owner is not null && owner == target.Owner,
    };

    private async Task<int?> NodesAsync(IReadOnlyList<FaultTarget> targets, CancellationToken ct)
    {
        if (targets.All(t => t.Kind != "Node")) return null;
        try
        {
            return (await client.ListAsync<V1Node>(cancellationToken: ct)).Items.Count;
        }
        catch (KubernetesException refusal) when (refusal.Code == 403)
        {
            return null;
        }
    }
}
