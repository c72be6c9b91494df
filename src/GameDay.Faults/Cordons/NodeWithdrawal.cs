using System.Globalization;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults.Cordons;

/// <summary>A node takes no new pods, and where asked loses those it has: what node-drain and zone-outage have in common.</summary>
internal sealed class NodeWithdrawal(ClusterConnections clusters, FaultKind kind)
{
    public const string Layer = "cordon";

    public static FaultSetting Within { get; } = new("within", SettingType.Duration, "How long a pod that its disruption budget holds back is asked again", Default: "10s", Min: 0, Max: 25);

    public static IReadOnlyList<PermissionNeeded> Permissions { get; } =
    [
        new("", "nodes", "get", ClusterScoped: true), new("", "nodes", "list", ClusterScoped: true), new("", "nodes", "patch", ClusterScoped: true),
        new("", "pods", "list"), new("", "pods/eviction", "create"),
        // Whoever may be rescued by a pod on that node lives in other namespaces too: DNS, network, mesh.
        new("", "pods", "list", ClusterScoped: true),
    ];

    public static IReadOnlyDictionary<string, string> UndoValues { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["cordonedBefore"] = "true|false",
        ["node"] = "[a-z0-9.-]{1,253}",
    };

    public Task<UndoPlan> PrepareAsync(InjectionOrder order, CancellationToken ct) => Refusals.RefuseFaultAsync(async () =>
    {
        ProtectedNamespaces.Refuse(order.Target.Namespace);
        var client = clusters.For(order.Target.Cluster);
        var node = await client.FindAsync<V1Node>(order.Target.Name, cancellationToken: ct) ?? throw new FaultRefused($"The node {order.Target.Name} is gone; resolve the targets again.");
        if (node.Metadata.Uid != order.Target.Uid)
            throw new FaultRefused($"The node {order.Target.Name} was replaced since the targets were resolved (uid {node.Metadata.Uid}, not {order.Target.Uid}); resolve them again.");
        var undo = Plan(order, NodeWrites.IsCordoned(node));
        await new NodeWrites(client, order, undo).CordonAsync(dryRun: true, ct);
        return undo;
    });

    public async Task<IReadOnlyList<Rehearsal>> RehearseAsync(InjectionOrder order, bool evict, CancellationToken ct)
    {
        var client = clusters.For(order.Target.Cluster);
        var answers = new List<Rehearsal> { await Rehearsed.AskAsync($"cordon and mark node {order.Target.Name}", () => PrepareAsync(order, ct)) };
        if (!evict)
            return answers;
        var evicting = new Evicting(client, order);
        var (go, stay) = await Refusals.RefuseFaultAsync(() => evicting.PodsAsync(ct));
        foreach (var pod in go.Take(20))
            answers.Add(await AskToEvictAsync(evicting, pod, ct));
        if (stay.Count > 0)
            answers.Add(new($"pods that stay on {order.Target.Name}", true, string.Join(", ", stay)));
        return answers;
    }

    public async Task<Evidence> InjectAsync(InjectionOrder order, UndoPlan undo, bool evict, CancellationToken ct)
    {
        ProtectedNamespaces.Refuse(order.Target.Namespace);
        var client = clusters.For(order.Target.Cluster);
        await Landing.RefuseLateAsync(client, order, ct);
        var evicting = new Evicting(client, order);
        var (go, stay) = evict ? await Refusals.RefuseFaultAsync(() => evicting.PodsAsync(ct)) : ([], []);
        var writes = new NodeWrites(client, order, undo);
        await writes.CordonAsync(dryRun: false, ct);
        var evicted = await evicting.RunAsync(go, DurationText.Parse(order.Settings.GetValueOrDefault("within") ?? Within.Default!), ct);
        var cordoned = await writes.FindAsync(ct) is { } node && NodeWrites.IsCordoned(node);
        return Effect(order, go.Count, stay, evicted, cordoned, await client.ReadServerTimeAsync(ct));
    }

    public Task RevertAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) =>
        new NodeWrites(clusters.For(order.Target.Cluster), order, undo).UncordonAsync(ct);

    public async Task<Evidence> VerifyRevertedAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct)
    {
        var client = clusters.For(order.Target.Cluster);
        var writes = new NodeWrites(client, order, undo);
        var node = await writes.FindAsync(ct);
        return Judge(order, writes, node, await client.ReadServerTimeAsync(ct));
    }

    private static Evidence Judge(InjectionOrder order, NodeWrites writes, V1Node? node, DateTimeOffset at)
    {
        var name = order.Target.Name;
        if (node is null)
            return new(true, $"node {name} itself is gone, its cordon with it", new Dictionary<string, string>(StringComparer.Ordinal), at);
        var cordoned = NodeWrites.IsCordoned(node);
        var by = NodeWrites.WrittenBy(node) ?? "nobody on record";
        var facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["unschedulable"] = Text(cordoned), ["cordonedBefore"] = Text(writes.WasCordoned), ["writtenBy"] = by };
        if (Marks.Carries(node.Metadata, order))
            return new(false, $"node {name} is {(cordoned ? "cordoned" : "schedulable")} and still carries this injection's marks", facts, at);
        if (!cordoned || writes.WasCordoned)
            return new(true, cordoned ? $"node {name} is cordoned as it was before; the marks are gone" : $"node {name} is schedulable, the marks are gone", facts, at);
        if (node.Metadata.Label(Marks.Injection) is { } next)
            return new(true, $"node {name} is cordoned by injection {next} now", facts, at) { SupersededBy = $"injection {next}" };
        return writes.IsOurs(node)
            ? new(false, $"node {name} is still cordoned by GameDay and its marks were taken off by somebody: kubectl uncordon {name}", facts, at)
            : new(true, $"node {name} is cordoned by {by} since; that stays", facts, at) { SupersededBy = by };
    }

    private static Evidence Effect(InjectionOrder order, int asked, IReadOnlyList<string> stay, Evicted evicted, bool cordoned, DateTimeOffset at)
    {
        var held = evicted.Held.Select(pod => $"{pod.Key}: {pod.Value}").ToList();
        var facts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["cordoned"] = Text(cordoned),
            ["evicted"] = Some(evicted.Gone),
            ["held"] = Some(held),
            ["spared"] = Some(stay),
        };
        var holds = cordoned && (asked == 0 || evicted.Gone.Count > 0);
        var words = $"node {order.Target.Name} is {(cordoned ? "cordoned" : "not cordoned")}, {evicted.Gone.Count} of {asked} pods in {order.Target.Namespace} evicted";
        var partly = held.Count > 0 ? $"; held back: {Some(held)}" : "";
        return new(holds, (holds ? "" : "without effect: ") + words + partly, facts, at);
    }

    /// <summary>A budget that is spent now is no refusal of the fault: it is asked again while the fault begins.</summary>
    private static async Task<Rehearsal> AskToEvictAsync(Evicting evicting, V1Pod pod, CancellationToken ct)
    {
        string? held = null;
        var answer = await Rehearsed.AskAsync($"evict pod {pod.Metadata.Name}", async () => held = await evicting.FindHolderAsync(pod, ct));
        return held is null ? answer : answer with { Answer = $"held back for now: {held}" };
    }

    private UndoPlan Plan(InjectionOrder order, bool cordoned)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["cordonedBefore"] = Text(cordoned), ["node"] = order.Target.Name };
        var uncordon = cordoned ? "" : $"kubectl uncordon {order.Target.Name}; ";
        return new(kind.Id, Layer, values, uncordon + ObjectMarks.TakeOffByHand($"kubectl VERB node {order.Target.Name}"));
    }

    private static string Some(IReadOnlyCollection<string> names) =>
        names.Count <= 12 ? string.Join(", ", names) : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", names.Take(12))} and {names.Count - 12} more");

    private static string Text(bool value) => value ? "true" : "false";
}
