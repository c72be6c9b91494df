using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults;

/// <summary>Reads which pods have come to their end: a few one by one, many by one list of their namespace.</summary>
internal sealed class PodEnds(KubernetesClient client)
{
    private const int MostReadOneByOne = 4;

    /// <returns>One reading per target, in their order.</returns>
    public async Task<IReadOnlyList<Evidence>> ReadAsync(IReadOnlyList<FaultTarget> targets, CancellationToken ct)
    {
        var found = new Dictionary<(string?, string?), V1ObjectMeta>();
        foreach (var group in targets.GroupBy(target => target.Namespace))
        {
            foreach (var pod in await PodsAsync([.. group], ct))
                found[(group.Key, pod.Name)] = pod;
        }
        var at = await client.ReadServerTimeAsync(ct);
        return [.. targets.Select(target => Seen(target, found.GetValueOrDefault((target.Namespace, target.Name)), at))];
    }

    private async Task<IEnumerable<V1ObjectMeta>> PodsAsync(IReadOnlyList<FaultTarget> targets, CancellationToken ct)
    {
        if (targets.Count > MostReadOneByOne)
            return (await client.SelectAsync<V1PartialObjectMetadata, V1ObjectMeta>(V1Pod.Resource, pod => pod.Metadata, targets[0].Namespace, metadataOnly: true, cancellationToken: ct)).Items;
        var found = await Task.WhenAll(targets.Select(target => client.FindAsync<V1Pod>(target.Name, target.Namespace, ct)));
        return found.OfType<V1Pod>().Select(pod => pod.Metadata);
    }

    private static Evidence Seen(FaultTarget target, V1ObjectMeta? pod, DateTimeOffset at)
    {
        var (holds, state) = pod switch
        {
            null => (true, "gone"),
            _ when pod.Uid != target.Uid => (true, "gone, replaced under its name"),
            { DeletionTimestamp: not null } => (true, "terminating"),
            _ => (false, "still running"),
        };
        var facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["uid"] = target.Uid, ["state"] = state };
        return new(holds, $"{target.Name} is {state}", facts, at);
    }
}
