using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults.Partitions;

/// <summary>
/// Parts a pod from its peers by a NetworkPolicy that allows everything else. The policy selects nothing until the
/// target carries its label, so whichever of the two writes were to land late would land without effect.
/// </summary>
internal sealed class PolicyPartition(ClusterConnections clusters, FaultOptions options, FaultKind kind) : IFault
{
    private const int TriesToPart = 4;
    private const int TriesToMeet = 6;

    public const string Layer = "policy";

    public static IReadOnlyList<PermissionNeeded> Permissions { get; } =
    [
        new("", "pods", "get"), new("", "pods", "list"), new("", "pods", "patch"), new("", "pods/ephemeralcontainers", "patch"),
        new("networking.k8s.io", "networkpolicies", "get"), new("networking.k8s.io", "networkpolicies", "list"),
        new("networking.k8s.io", "networkpolicies", "create"), new("networking.k8s.io", "networkpolicies", "delete"),
    ];

    public static IReadOnlyDictionary<string, string> UndoValues { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["policy"] = "gameday-{id}",
        ["label"] = @"gameday\.dev/partition",
        ["peers"] = ".{1,1000}",
        ["connection"] = ".{1,500}",
    };

    public FaultKind Kind => kind;

    public Task<UndoPlan> PrepareAsync(InjectionOrder order, CancellationToken ct) => Refusals.RefuseFaultAsync(async () =>
    {
        ProtectedNamespaces.Refuse(order.Target.Namespace);
        var client = clusters.For(order.Target.Cluster);
        var target = await LivePod.ReadOnItsNodeAsync(client, order.Target, ct);
        if (target.Metadata.Label(PartitionPolicy.TargetLabel) is { } other)
            throw new FaultRefused($"{order.Target.Name} is parted already by injection {other}.");
        var pair = await Pair.ReadAsync(client, order, target, ct);
        (await ForeignPolicies.ReadAsync(client, order.Target.Namespace, ct)).Refuse(pair);
        var undo = Plan(order, pair);
        await PartitionWrites.RehearseAsync(client, order, PartitionPolicy.Build(order, undo, pair), ct);
        await new ConnectCheck(client, options, order).RehearseAsync(pair, ct);
        return undo;
    });

    public async Task<IReadOnlyList<Rehearsal>> RehearseAsync(InjectionOrder order, CancellationToken ct) =>
        [await Rehearsed.AskAsync($"label {order.Target.Name}, put its network policy and look with an agent", () => PrepareAsync(order, ct))];

    public async Task<Evidence> InjectAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct)
    {
        ProtectedNamespaces.Refuse(order.Target.Namespace);
        var client = clusters.For(order.Target.Cluster);
        var pair = await Pair.ReadAsync(client, order, await LivePod.ReadOnItsNodeAsync(client, order.Target, ct), ct);
        var check = new ConnectCheck(client, options, order);
        var before = await check.TryAsync(ConnectCheck.Forth, pair, expected: true, tries: 1, ct);
        if (!before.Connected)
            throw new FaultRefused($"{pair.InWords} does not connect even without a fault ({before.Summary}); nothing was changed.");
        await Landing.RefuseLateAsync(client, order, ct);
        await PartitionWrites.PartAsync(client, order, PartitionPolicy.Build(order, undo, pair), ct);
        var during = await check.TryAsync(ConnectCheck.Forth, pair, expected: false, TriesToPart, ct);
        var facts = Facts(undo, ("pair", pair.InWords), ("before", before.Summary), ("during", during.Summary), ("agent", during.Container));
        var summary = during.Connected
            ? $"without effect: {pair.InWords} still connects ({during.Summary}); this cluster's network seems not to enforce policies; 'by: agent' drops the packets in the pod itself"
            : $"{pair.InWords}: {during.Summary}; before, {before.Summary}";
        return new(!during.Connected, summary, facts, await client.ReadServerTimeAsync(ct));
    }

    public async Task RevertAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct)
    {
        ProtectedNamespaces.Refuse(order.Target.Namespace);
        await PartitionWrites.JoinAsync(clusters.For(order.Target.Cluster), order, ct);
    }

    public async Task<Evidence> VerifyRevertedAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct)
    {
        var client = clusters.For(order.Target.Cluster);
        if (await PartitionWrites.FindLeftAsync(client, order, ct) is { } left)
            return new(false, $"{left} is still there", Facts(undo, ("left", left)), await client.ReadServerTimeAsync(ct));
        var (meets, words) = await MeetAgainAsync(client, order, ct);
        return new(meets, $"policy and label are gone; {words}", Facts(undo, ("policy", "absent"), ("connection", words)), await client.ReadServerTimeAsync(ct));
    }

    /// <summary>A connection is demanded only of two living ends that had one before.</summary>
    private async Task<(bool Meets, string Words)> MeetAgainAsync(KubernetesClient client, InjectionOrder order, CancellationToken ct)
    {
        try
        {
            var pair = await Pair.ReadAsync(client, order, await LivePod.ReadOnItsNodeAsync(client, order.Target, ct), ct);
            if (!pair.Destination.IsReady)
                return (true, $"{pair.Destination.Metadata.Name} is not Ready, so no connection was tried");
            var check = new ConnectCheck(client, options, order);
            if (check.ConnectedBefore(pair.Source) == false)
                return (true, $"{pair.InWords} did not connect before the fault either");
            var after = await check.TryAsync(ConnectCheck.Back, pair, expected: true, TriesToMeet, ct);
            return (after.Connected, $"{pair.InWords}: {after.Summary}");
        }
        catch (FaultRefused gone)
        {
            return (await IsGoneAsync(client, order, ct), gone.Message);
        }
    }

    /// <summary>With an end of the pair gone there is no connection to try; anything else unexplained is no proof.</summary>
    private static async Task<bool> IsGoneAsync(KubernetesClient client, InjectionOrder order, CancellationToken ct)
    {
        var target = await client.FindAsync<V1Pod>(order.Target.Name, order.Target.Namespace, ct);
        if (target is null || target.Metadata.Uid != order.Target.Uid || !target.IsAlive)
            return true;
        var selector = order.Settings.GetValueOrDefault("from") ?? order.Settings.GetValueOrDefault("to");
        return !(await client.ListAsync<V1Pod>(order.Target.Namespace, selector, cancellationToken: ct)).Items.Any(pod => pod.IsReady);
    }

    private UndoPlan Plan(InjectionOrder order, Pair pair)
    {
        var policy = PartitionPolicy.NameOf(order);
        var ns = order.Target.Namespace;
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["policy"] = policy,
            ["label"] = PartitionPolicy.TargetLabel,
            ["peers"] = pair.PeerSelector,
            ["connection"] = pair.InWords,
        };
        return new(kind.Id, Layer, values, $"kubectl -n {ns} delete networkpolicy {policy}; kubectl -n {ns} label pod {order.Target.Name} {PartitionPolicy.TargetLabel}-");
    }

    private static Dictionary<string, string> Facts(UndoPlan undo, params (string Key, string Value)[] facts)
    {
        var all = facts.ToDictionary(fact => fact.Key, fact => fact.Value, StringComparer.Ordinal);
        all["networkPolicy"] = undo.Values.GetValueOrDefault("policy", "");
        return all;
    }
}
