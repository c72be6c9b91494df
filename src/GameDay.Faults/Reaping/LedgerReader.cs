using GameDay.Kubernetes;

namespace GameDay.Faults.Reaping;

/// <summary>Reads the whole of GameDay's namespace in two calls: entries, halt object, leases.</summary>
internal sealed class LedgerReader(KubernetesClient client, ReaperOptions options, EntryGate gate)
{
    public async Task<Reading> ReadAsync(CancellationToken ct)
    {
        var maps = await client.ListAsync<V1ConfigMap>(options.Namespace, cancellationToken: ct);
        var leases = await client.ListAsync<V1Lease>(options.Namespace, $"{Marks.OursSelector},{Marks.Role}={RunBeat.RoleName}", cancellationToken: ct);
        var now = client.ServerClock.Now ?? await client.ReadServerTimeAsync(ct);
        var entries = maps.Items.Where(IsOurEntry).Select(map => (Map: map, Content: LedgerContent.From(map, client.ClusterName))).ToList();
        var judged = entries.Select(entry => (entry.Map, entry.Content, Why: gate.WhyNotEntry(entry.Map, entry.Content))).ToList();
        return new(
            [.. judged.Where(entry => entry is { Why: null, Content.IsProved: false }).Select(entry => new Held(Key(entry.Map), entry.Content!, FromLedger: true))],
            [.. judged.Where(entry => entry.Why is not null).Select(entry => new Untouched(Key(entry.Map), entry.Why!))],
            judged.Where(entry => entry is { Why: null, Content.IsProved: true }).Select(entry => entry.Content!.Order.ShortId).ToHashSet(StringComparer.Ordinal),
            maps.Items.Any(map => map.Metadata.Name == Ledger.HaltObject),
            Beats(leases.Items),
            now);
    }

    /// <summary>Another installation's entries are its own reaper's; the sweep lists them.</summary>
    private bool IsOurEntry(V1ConfigMap map) =>
        map.Metadata.Label(Marks.ManagedBy) == Marks.Product && map.Metadata.Label(Marks.Ledger) is not null
        && map.Metadata.Label(Marks.Installation) is var whose && (whose is null || whose == options.Installation);

    private static Dictionary<Guid, string> Beats(IEnumerable<V1Lease> leases)
    {
        var beats = new Dictionary<Guid, string>();
        foreach (var lease in leases)
        {
            if (Guid.TryParse(lease.Metadata.Label(Marks.Run), out var run))
                beats[run] = $"{lease.Metadata.ResourceVersion}/{lease.Spec?.RenewTime:O}";
        }

        return beats;
    }

    private static string Key(V1ConfigMap map) => $"ConfigMap {map.Metadata.Namespace}/{map.Metadata.Name}";
}
