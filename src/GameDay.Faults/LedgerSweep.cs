using GameDay.Domain;
using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults;

/// <summary>
/// Finds everything any GameDay has left in a cluster, by ledger and by label, and removes our proved entries
/// ten minutes later, after a second reading that finds nothing (revert protocol, rule 10).
/// </summary>
public sealed class LedgerSweep(ClusterConnections clusters, FaultOptions options, IEnumerable<IFault> faults)
{
    private static readonly TimeSpan KeepProved = TimeSpan.FromMinutes(10);
    private readonly Dictionary<string, IFault> _faults = faults.ToDictionary(fault => fault.Kind.Id, StringComparer.Ordinal);

    public async Task<IReadOnlyList<Leftover>> RunAsync(string cluster, CancellationToken ct)
    {
        var client = clusters.For(cluster);
        var entries = await client.ListAsync<V1ConfigMap>(options.Namespace, $"{Marks.OursSelector},{Marks.Ledger}", cancellationToken: ct);
        var now = await client.ReadServerTimeAsync(ct);
        var leftovers = new List<Leftover>();
        foreach (var map in entries.Items)
        {
            if (await ReadEntryAsync(client, map, now, ct) is { } leftover)
                leftovers.Add(leftover);
        }

        var marked = await new MarkedSearch(client, options.SweepNamespaces).FindAsync(Marks.Injection, ct);
        leftovers.AddRange(marked.Select(o => Describe(client, o.Key, o.Metadata, UndoByHand(o))));
        leftovers.AddRange(await new PodLeftovers(client, options).FindAsync(entries.Items, marked, now, ct));
        return leftovers;
    }

    /// <summary>Null when the entry is proved: no fault stands behind it any more.</summary>
    private async Task<Leftover?> ReadEntryAsync(KubernetesClient client, V1ConfigMap map, DateTimeOffset now, CancellationToken ct)
    {
        var content = LedgerContent.From(map, client.ClusterName);
        if (content is not { IsProved: true })
            return Describe(client, $"ConfigMap {map.Metadata.Namespace}/{map.Metadata.Name}", map.Metadata, content?.Undo.InWords ?? $"kubectl -n {map.Metadata.Namespace} get configmap {map.Metadata.Name} -o yaml", content?.Undo.Kind);
        if (!IsOurs(map.Metadata) || content.ProvedAt + KeepProved > now || !_faults.TryGetValue(content.Undo.Kind, out var fault))
            return null;
        if (await AgainAsync(fault, content, ct) is not { } second)
            return null;
        if (!second.Holds)
            return Describe(client, $"ConfigMap {map.Metadata.Namespace}/{map.Metadata.Name}", map.Metadata, content.Undo.InWords, $"{content.Undo.Kind}, proved once but found again: {second.Summary}");
        // Moved since it was read? Then the next sweep reads it again.
        await Conditional.DeletedAsync<V1ConfigMap>(client, map.Metadata, ct);
        return null;
    }

    /// <summary>Null when it cannot be read now: the proof stands, its entry stays, and the other entries are swept all the same.</summary>
    private static async Task<Evidence?> AgainAsync(IFault fault, LedgerContent content, CancellationToken ct)
    {
        try
        {
            return await fault.VerifyRevertedAsync(content.Order, content.Undo, ct);
        }
        catch (Exception unread) when (unread is KubernetesException or ClusterUnreachableException or RuleBroken)
        {
            return null;
        }
    }

    private static string UndoByHand(MarkedObject o) =>
        o.Metadata.Annotation(Marks.UndoInWords) ?? (o.Type == V1NetworkPolicy.Resource
            ? $"kubectl -n {o.Metadata.Namespace} delete {o.Type.Plural} {o.Metadata.Name}"
            : $"kubectl {(o.Metadata.Namespace is { } ns ? $"-n {ns} " : "")}get {o.Type.Plural} {o.Metadata.Name} -o yaml, and put back what its marks ({Marks.Injection}) name");

    private Leftover Describe(KubernetesClient client, string key, V1ObjectMeta metadata, string undo, string? what = null)
    {
        var madeBy = $"{what ?? key.Split(' ')[0]} of injection {metadata.Label(Marks.Injection) ?? "unknown"}, run {metadata.Label(Marks.Run) ?? "unknown"}";
        return new(client.ClusterName, key, madeBy, metadata.Label(Marks.Installation) ?? "unknown", IsOurs(metadata), undo);
    }

    private bool IsOurs(V1ObjectMeta metadata) => metadata.Label(Marks.Installation) == options.InstallationId;
}
