using GameDay.Kubernetes;

namespace GameDay.Faults.Reaping;

/// <summary>
/// Objects of this installation that carry an injection's marks (rule 10): those that no readable entry speaks for are
/// undone from what they carry themselves.
/// </summary>
internal sealed class MarkedObjects(KubernetesClient client, ReaperOptions options, EntryGate gate, ReaperVoice voice)
{
    // An object that is not ours keeps its owner's managed-by: the injection says whose change it carries.
    private string Selector => $"{Marks.Installation}={options.Installation},{Marks.Injection}";

    public async Task<IReadOnlyList<(string Key, V1ObjectMeta Metadata)>> ListAsync(CancellationToken ct) =>
    [
        .. await ListAsync<V1NetworkPolicy>(ct), .. await ListAsync<V1Deployment>(ct), .. await ListAsync<V1StatefulSet>(ct),
        .. await ListAsync<V1Pod>(ct), .. await ListAsync<V1Node>(ct),
    ];

    /// <param name="objects">Read before the ledger was, so that an entry made meanwhile is not missed.</param>
    /// <param name="isFresh">False: they may have been undone since, so one whose entry is proved says nothing.</param>
    public (IReadOnlyList<Held> Held, IReadOnlyList<Untouched> Untouched) Judge(IEnumerable<(string Key, V1ObjectMeta Metadata)> objects, Reading ledger, bool isFresh)
    {
        var spokenFor = ledger.Held.Select(held => held.Content.Order.ShortId).ToHashSet(StringComparer.Ordinal);
        var held = new List<Held>();
        var untouched = new List<Untouched>();
        foreach (var (key, metadata) in objects.Where(o => !spokenFor.Contains(o.Metadata.Label(Marks.Injection)!)))
        {
            var content = Marks.EntryOf(metadata, client.ClusterName);
            if (gate.WhyNot(metadata, content) is { } why)
                untouched.Add(new(key, why));
            else if (ledger.ProvedInjections.Contains(content!.Order.ShortId) is var isProved && (isFresh || !isProved))
                held.Add(new(key, content, FromLedger: false, isProved));
        }

        return (held, untouched);
    }

    private async Task<IReadOnlyList<(string Key, V1ObjectMeta Metadata)>> ListAsync<T>(CancellationToken ct)
        where T : IKubernetesObject
    {
        var found = new List<(string, V1ObjectMeta)>();
        foreach (var ns in options.Namespaces.Count > 0 && T.Resource.Namespaced ? options.Namespaces : [null!])
        {
            try
            {
                var objects = await client.ListAsync<T>(ns, Selector, cancellationToken: ct);
                found.AddRange(objects.Items.Select(o => (Key(T.Resource, o.Metadata), o.Metadata)));
            }
            catch (KubernetesException refusal) when (refusal.Code is 403 or 404)
            {
                // Kinds that are not enabled need no permission, and what we may not list we never marked.
                voice.SayOnce($"marked {T.Resource.Plural} are not looked for: {refusal.Message}");
            }
        }

        return found;
    }

    private static string Key(ResourceType type, V1ObjectMeta metadata) =>
        metadata.Namespace is null ? $"{type.Kind} {metadata.Name}" : $"{type.Kind} {metadata.Namespace}/{metadata.Name}";
}
