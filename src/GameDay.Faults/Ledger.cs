using GameDay.Domain;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults;

/// <summary>The journal in the cluster: one ConfigMap per injection in GameDay's namespace.</summary>
public sealed class Ledger(ClusterConnections clusters, FaultOptions options, LedgerSweep sweep) : ILedger
{
    public const string HaltObject = "gameday-halt";

    /// <summary>After the landing window the server may still be busy with a write for this long.</summary>
    private static readonly TimeSpan ServerTimeout = TimeSpan.FromSeconds(5);

    /// <summary>What the ledger itself needs, in GameDay's own namespace.</summary>
    public static IReadOnlyList<PermissionNeeded> Permissions { get; } =
    [
        new("", "configmaps", "create"), new("", "configmaps", "get"), new("", "configmaps", "list"),
        new("", "configmaps", "update"), new("", "configmaps", "delete"),
        .. RunBeat.Permissions,
    ];

    public async Task<LedgerEntry> ClaimAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct)
    {
        ProtectedNamespaces.Refuse(order.Target.Namespace);
        var client = clusters.For(order.Target.Cluster);
        if (await FindHaltAsync(client, ct) is { } halt)
            throw new HaltInForce($"Halt is in force in cluster '{order.Target.Cluster}' ({halt.Data?.GetValueOrDefault("reason") ?? "no reason given"}); nothing is injected until it is released.");
        if (undo.Layer == "none")
            return await WithoutEntryAsync(client, ct);
        await InstallationMark.PublishAsync(client, options, ct);
        return await CreateAsync(client, order, undo, ct)
            ?? await AfterRetiringAsync(client, order, undo, ct);
    }

    public async Task<LedgerEntry?> FindAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct)
    {
        var client = clusters.For(order.Target.Cluster);
        return await OwnAsync(client, order, undo, ct) is { } own ? Entry(client, own.Map, own.Content) : null;
    }

    public async Task<IReadOnlySet<Guid>> WantedActiveAsync(string cluster, Guid runId, CancellationToken ct)
    {
        var client = clusters.For(cluster);
        var entries = await client.ListAsync<V1ConfigMap>(options.Namespace, $"{Marks.OursSelector},{Marks.Ledger},{Marks.Run}={runId:N}", cancellationToken: ct);
        return entries.Items.Select(map => LedgerContent.From(map, client.ClusterName)).OfType<LedgerContent>()
            .Where(content => content is { Wanted: "Active" }).Select(content => content.Order.InjectionId).ToHashSet();
    }

    public async Task WantRevertedAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct)
    {
        var client = clusters.For(order.Target.Cluster);
        while (await OwnAsync(client, order, undo, ct) is { Content.Wanted: "Active" } own)
        {
            if (await Conditional.ReplacedAsync(client, (own.Content with { Wanted = "Reverted" }).ToConfigMap(options.Namespace, own.Map.Metadata.ResourceVersion), ct))
                return;
        }
    }

    public async Task<IReadOnlyList<LedgerHold>> HoldsAsync(string cluster, string layer, IReadOnlyList<FaultTarget> targets, CancellationToken ct)
    {
        if (layer == "none")
            return [];
        var client = clusters.For(cluster);
        var now = await client.ReadServerTimeAsync(ct);
        var entries = await client.ListAsync<V1ConfigMap>(options.Namespace, $"{Marks.OursSelector},{Marks.Ledger}", cancellationToken: ct);
        var held = entries.Items.ToDictionary(map => map.Metadata.Name!, StringComparer.Ordinal);
        return [.. targets.Where(t => held.ContainsKey(LedgerContent.NameOf(t.Uid, layer))).Select(t => LedgerWords.Hold(t, layer, held[LedgerContent.NameOf(t.Uid, layer)], client.ClusterName, options.InstallationId, now - ServerTimeout))];
    }

    public async Task MarkProvedAsync(InjectionOrder order, UndoPlan undo, Evidence proof, CancellationToken ct)
    {
        if (!proof.Holds)
            throw new ArgumentException("Only a reading that found the effect gone proves a revert.", nameof(proof));
        var client = clusters.For(order.Target.Cluster);
        while (await OwnAsync(client, order, undo, ct) is { Content.IsProved: false } own)
        {
            var proved = own.Content with { Wanted = "Reverted", Recorded = "proved", Proof = proof.Summary, ProvedAt = proof.At };
            if (await Conditional.ReplacedAsync(client, proved.ToConfigMap(options.Namespace, own.Map.Metadata.ResourceVersion), ct))
                return;
        }
    }

    public Task<IReadOnlyList<Leftover>> SweepAsync(string cluster, CancellationToken ct) => sweep.RunAsync(cluster, ct);

    public async Task SetHaltAsync(string cluster, string? reason, CancellationToken ct)
    {
        var client = clusters.For(cluster);
        if (reason is null)
        {
            await client.DeleteAsync<V1ConfigMap>(HaltObject, options.Namespace, cancellationToken: ct);
            return;
        }

        var halt = new V1ConfigMap
        {
            Metadata = new() { Name = HaltObject, Namespace = options.Namespace },
            Data = new Dictionary<string, string>(StringComparer.Ordinal) { ["reason"] = reason },
        };
        // Taken already? Then whoever was first has halted this cluster.
        await Conditional.CreatedAsync(client, halt, ct);
    }

    public async Task<bool> IsHaltedAsync(string cluster, CancellationToken ct) => await FindHaltAsync(clusters.For(cluster), ct) is not null;

    private Task<V1ConfigMap?> FindHaltAsync(KubernetesClient client, CancellationToken ct) =>
        client.FindAsync<V1ConfigMap>(HaltObject, options.Namespace, ct);

    /// <summary>Null when the name is taken.</summary>
    private async Task<LedgerEntry?> CreateAsync(KubernetesClient client, InjectionOrder order, UndoPlan undo, CancellationToken ct)
    {
        var content = new LedgerContent { Order = order, Undo = undo };
        try
        {
            var created = await Conditional.CreatedAsync(client, content.ToConfigMap(options.Namespace), ct);
            return created is null ? null : Entry(client, created, content);
        }
        catch (KubernetesException refusal) when (refusal.Code is >= 400 and < 500)
        {
            throw new RuleBroken("LedgerRefused", $"The ledger entry was refused, so nothing was injected: {refusal.Message}. Does the namespace '{options.Namespace}' exist, and may GameDay create ConfigMaps there?");
        }
    }

    /// <summary>
    /// A proved entry gives way to a new claim once nothing of it can land any more; the fault's Prepare was the
    /// second look (decision 0007). Any other holder keeps its right.
    /// </summary>
    private async Task<LedgerEntry> AfterRetiringAsync(KubernetesClient client, InjectionOrder order, UndoPlan undo, CancellationToken ct)
    {
        var name = LedgerContent.NameOf(order, undo);
        var map = await client.FindAsync<V1ConfigMap>(name, options.Namespace, ct);
        if (map is not null && !await RetiredAsync(client, map, order, ct))
            throw new LedgerHeld(LedgerWords.Holder(map, LedgerContent.From(map, client.ClusterName), order.Target, undo.Layer, order.InstallationId));
        return await CreateAsync(client, order, undo, ct)
            ?? throw new LedgerHeld($"{order.Target.Name} (layer {undo.Layer}) was just taken by somebody else; look at ConfigMap {options.Namespace}/{name}.");
    }

    private static async Task<bool> RetiredAsync(KubernetesClient client, V1ConfigMap map, InjectionOrder order, CancellationToken ct)
    {
        if (LedgerContent.From(map, client.ClusterName) is not { IsProved: true } held || held.Order.InjectionId == order.InjectionId || held.Order.InstallationId != order.InstallationId)
            return false;
        if (await client.ReadServerTimeAsync(ct) <= Landing.LimitOf(held.Order) + ServerTimeout)
            return false;
        return await Conditional.DeletedAsync<V1ConfigMap>(client, map.Metadata, ct);
    }

    private async Task<(V1ConfigMap Map, LedgerContent Content)?> OwnAsync(KubernetesClient client, InjectionOrder order, UndoPlan undo, CancellationToken ct)
    {
        if (undo.Layer == "none" || await client.FindAsync<V1ConfigMap>(LedgerContent.NameOf(order, undo), options.Namespace, ct) is not { } map)
            return null;
        return LedgerContent.From(map, client.ClusterName) is { } content && content.Order.InjectionId == order.InjectionId ? (map, content) : null;
    }

    private static async Task<LedgerEntry> WithoutEntryAsync(KubernetesClient client, CancellationToken ct)
    {
        // The question for the halt object was answered this moment, with the server's time.
        var now = client.ServerClock.Now ?? await client.ReadServerTimeAsync(ct);
        return new("", now, now, "Active", "Active", "");
    }

    private static LedgerEntry Entry(KubernetesClient client, V1ConfigMap map, LedgerContent content)
    {
        var createdAt = map.Metadata.CreationTimestamp ?? throw new InvalidOperationException("The API server gave an object without creationTimestamp.");
        return new(map.Metadata.Name!, createdAt, client.ServerClock.Now ?? createdAt, content.Wanted, content.Recorded, map.Metadata.ResourceVersion ?? "");
    }
}
