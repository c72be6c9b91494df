using GameDay.Kubernetes;

namespace GameDay.Faults.Reaping;

/// <summary>
/// Objects of this installation that carry an injection's marks (rule 10): those that no readable entry speaks for are
/// undone from what they carry themselves.
/// </summary>
internal sealed class MarkedObjects(KubernetesClient client, ReaperOptions options, EntryGate gate, ReaperVoice voice)
{
    private readonly MarkedSearch _search = new(client, options.Namespaces, voice.SayOnce);

    // An object that is not ours keeps its owner's managed-by: the injection says whose change it carries.
    private string Selector => $"{Marks.Installation}={options.Installation},{Marks.Injection}";

    public Task<IReadOnlyList<MarkedObject>> ListAsync(CancellationToken ct) => _search.FindAsync(Selector, ct);

    /// <param name="objects">Read before the ledger was, so that an entry made meanwhile is not missed.</param>
    /// <param name="isFresh">False: they may have been undone since, so one whose entry is proved says nothing.</param>
    public (IReadOnlyList<Held> Held, IReadOnlyList<Untouched> Untouched) Judge(IEnumerable<MarkedObject> objects, Reading ledger, bool isFresh)
    {
        var spokenFor = ledger.Held.Select(held => held.Content.Order.ShortId).ToHashSet(StringComparer.Ordinal);
        var held = new List<Held>();
        var untouched = new List<Untouched>();
        foreach (var marked in objects.Where(o => !spokenFor.Contains(o.Metadata.Label(Marks.Injection)!)))
        {
            var content = Marks.EntryOf(marked.Metadata, client.ClusterName);
            if (gate.WhyNotCarried(marked.Metadata, content) is { } why)
                untouched.Add(new(marked.Key, why));
            else if (ledger.ProvedInjections.Contains(content!.Order.ShortId) is var isProved && (isFresh || !isProved))
                held.Add(new(marked.Key, content, FromLedger: false, isProved));
        }

        return (held, untouched);
    }
}
