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
        var pods = await new PodRows(client).ListAsync(ns, null, metadataOnly: false, ct);
        var owners = await OwnersAsync(pods, ct);
        var workloads = owners.Values.OfType<string>().GroupBy(o => o, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        return new(workloads, pods.Count, pods.Count(p => targets.Any(t => IsOf(p, owners[p.Uid], t))), await NodesAsync(targets, ct));
    }

    private async Task<Dictionary<string, string?>> OwnersAsync(IReadOnlyList<PodRow> pods, CancellationToken ct)
    {
        var describer = new PodDescriber(client, cluster);
        var owners = new Dictionary<string, string?>(StringComparer.Ordinal);
        await describer.LearnOwnersAsync(pods, ct);
        foreach (var pod in pods) owners[pod.Uid] = await describer.OwnerAsync(pod.Controller, pod.Namespace, ct);
        return owners;
    }

    private static bool IsOf(PodRow pod, string? owner, FaultTarget target) => target.Kind switch
    {
        "Pod" => pod.Uid == target.Uid,
        "Node" => pod.Node == target.Name,
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
