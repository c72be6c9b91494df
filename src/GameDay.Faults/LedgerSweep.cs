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

        leftovers.AddRange(await LabelledAsync<V1NetworkPolicy>(client, ct));
        return leftovers;
    }

    /// <summary>Null when the entry is proved: no fault stands behind it any more.</summary>
    private async Task<Leftover?> ReadEntryAsync(KubernetesClient client, V1ConfigMap map, DateTimeOffset now, CancellationToken ct)
    {
        var content = LedgerContent.From(map, client.ClusterName);
        if (content is not { IsProved: true })
            return Describe(client, "ConfigMap", map.Metadata, content?.Undo.InWords ?? $"kubectl -n {map.Metadata.Namespace} get configmap {map.Metadata.Name} -o yaml", content?.Undo.Kind);
        if (!IsOurs(map.Metadata) || content.ProvedAt + KeepProved > now || !_faults.TryGetValue(content.Undo.Kind, out var fault))
            return null;
        var second = await fault.VerifyRevertedAsync(content.Order, content.Undo, ct);
        if (!second.Holds)
            return Describe(client, "ConfigMap", map.Metadata, content.Undo.InWords, $"{content.Undo.Kind}, proved once but found again: {second.Summary}");
        // Moved since it was read? Then the next sweep reads it again.
        await Conditional.DeletedAsync<V1ConfigMap>(client, map.Metadata, ct);
        return null;
    }

    private async Task<IEnumerable<Leftover>> LabelledAsync<T>(KubernetesClient client, CancellationToken ct)
        where T : IKubernetesObject
    {
        var found = new List<Leftover>();
        foreach (var ns in Namespaces())
        {
            var objects = await client.ListAsync<T>(ns, $"{Marks.OursSelector},{Marks.Injection}", cancellationToken: ct);
            found.AddRange(objects.Items.Select(o => Describe(client, T.Resource.Kind, o.Metadata, UndoByHand(T.Resource, o.Metadata))));
        }

        return found;
    }

    /// <summary>A null namespace means all of them.</summary>
    private IReadOnlyList<string?> Namespaces()
    {
        if (options.SweepNamespaces.Count > 0)
            return options.SweepNamespaces;
        return [null];
    }

    private static string UndoByHand(ResourceType type, V1ObjectMeta metadata) =>
        metadata.Annotation(Marks.UndoInWords) ?? $"kubectl -n {metadata.Namespace} delete {type.Plural} {metadata.Name}";

    private Leftover Describe(KubernetesClient client, string kind, V1ObjectMeta metadata, string undo, string? what = null)
    {
        var madeBy = $"{what ?? kind} of injection {metadata.Label(Marks.Injection) ?? "unknown"}, run {metadata.Label(Marks.Run) ?? "unknown"}";
        return new(client.ClusterName, $"{kind} {metadata.Namespace}/{metadata.Name}", madeBy, metadata.Label(Marks.Installation) ?? "unknown", IsOurs(metadata), undo);
    }

    private bool IsOurs(V1ObjectMeta metadata) => metadata.Label(Marks.Installation) == options.InstallationId;
}
