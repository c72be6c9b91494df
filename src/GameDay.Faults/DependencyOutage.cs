using System.Globalization;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Faults.Replicas;
using GameDay.Kubernetes;

namespace GameDay.Faults;

/// <summary>Scales a workload to zero, and back to what it had only where that zero is still ours.</summary>
public sealed class DependencyOutage(ClusterConnections clusters) : IFault
{
    private static readonly TimeSpan EffectWithin = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public FaultKind Kind { get; } = new(
        "dependency-outage", "Dependency outage", "A whole workload is gone: it is scaled to zero, and back to what it had.",
        Layer: "replicas", EffectClass: "API object",
        Settings: [],
        Permissions:
        [
            new("apps", "deployments", "get"), new("apps", "deployments", "list"), new("apps", "deployments", "patch"), new("apps", "deployments/scale", "patch"),
            new("apps", "statefulsets", "get"), new("apps", "statefulsets", "list"), new("apps", "statefulsets", "patch"), new("apps", "statefulsets/scale", "patch"),
            new("", "pods", "list"),
        ],
        WhoCanUndo: ["the engine", "the reaper", "anybody by hand: kubectl scale"],
        Runbook: "runbooks/faults/dependency-outage.md")
    {
        TargetsOf = _ => TargetKind.Workload,
        UndoValues = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["replicas"] = "[1-9][0-9]{0,4}",
            ["workload"] = "(Deployment|StatefulSet)/[a-z0-9.-]{1,253}",
        },
    };

    public Task<UndoPlan> PrepareAsync(InjectionOrder order, CancellationToken ct) => Refusals.RefuseFaultAsync(async () =>
    {
        ProtectedNamespaces.Refuse(order.Target.Namespace);
        var client = clusters.For(order.Target.Cluster);
        var undo = Plan(order, await ReadRunningAsync(client, order, ct));
        await Conditional.AgainWhenMovedAsync(async () =>
        {
            await new ReplicaWrites(client, order, undo).RehearseAsync(ct);
            return true;
        });
        return undo;
    });

    public async Task<IReadOnlyList<Rehearsal>> RehearseAsync(InjectionOrder order, CancellationToken ct) =>
        [await Rehearsed.AskAsync($"mark {order.Target.Kind}/{order.Target.Name} and scale it to 0", () => PrepareAsync(order, ct))];

    public async Task<Evidence> InjectAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct)
    {
        ProtectedNamespaces.Refuse(order.Target.Namespace);
        var client = clusters.For(order.Target.Cluster);
        await Landing.RefuseLateAsync(client, order, ct);
        var writes = new ReplicaWrites(client, order, undo);
        await writes.TakeAwayAsync(ct);
        return await Poll.UntilAsync(() => ReadEffectAsync(client, order, writes, ct), effect => effect.Holds, EffectWithin, Pause, ct);
    }

    public Task RevertAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct)
    {
        ProtectedNamespaces.Refuse(order.Target.Namespace);
        return new ReplicaWrites(clusters.For(order.Target.Cluster), order, undo).GiveBackAsync(ct);
    }

    public async Task<Evidence> VerifyRevertedAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct)
    {
        var client = clusters.For(order.Target.Cluster);
        var writes = new ReplicaWrites(client, order, undo);
        var found = await writes.FindAsync(ct);
        return Judge(order, writes, found, await client.ReadServerTimeAsync(ct));
    }

    private static Evidence Judge(InjectionOrder order, ReplicaWrites writes, Workload? found, DateTimeOffset at)
    {
        if (found is null)
            return new(true, $"{order.Target.Kind}/{order.Target.Name} itself is gone; there is nothing to scale back", NoFacts, at);
        var by = found.ReplicasWrittenBy ?? "nobody on record";
        var facts = Facts(("replicas", Text(found.Replicas)), ("recorded", Text(writes.Recorded)), ("writtenBy", by), ("ready", Text(found.Status?.ReadyReplicas ?? 0)));
        if (Marks.Carries(found.Metadata, order))
            return new(false, $"{found.Owner} has {Replicas(found.Replicas)} and still carries this injection's marks", facts, at);
        if (found.Replicas == writes.Recorded)
            return new(true, $"{found.Owner} has its {Replicas(writes.Recorded)} again, its marks are gone", facts, at);
        if (found.Replicas == 0 && FieldOwner.MayBeUs(found.ReplicasWrittenBy))
            return new(false, $"{found.Owner} is still at the 0 replicas that GameDay wrote, and its marks were taken off by somebody: scale it back by hand", facts, at);
        return new(true, $"{found.Owner} has {Replicas(found.Replicas)}, written by {by} during the fault; that stays", facts, at) { SupersededBy = by };
    }

    private static async Task<Evidence> ReadEffectAsync(KubernetesClient client, InjectionOrder order, ReplicaWrites writes, CancellationToken ct)
    {
        if (await writes.FindAsync(ct) is not { } workload)
            return new(true, $"{order.Target.Kind}/{order.Target.Name} itself went away", NoFacts, await client.ReadServerTimeAsync(ct));
        var pods = await ReadyPods.ReadAsync(client, workload, ct);
        var facts = Facts(("replicas", Text(workload.Replicas)), ("before", Text(writes.Recorded)), ("readyPods", Text(pods.Ready)), ("podsLeft", Text(pods.All)), ("writtenBy", workload.ReplicasWrittenBy ?? ""));
        var gone = workload.Replicas == 0 && pods.Ready == 0;
        var summary = gone
            ? $"{workload.Owner} has no ready pod any more, {Replicas(writes.Recorded)} before"
            : $"without effect: {workload.Owner} still has {pods.Ready} ready pods; its replicas are {workload.Replicas}, written by {workload.ReplicasWrittenBy}";
        return new(gone, summary, facts, await client.ReadServerTimeAsync(ct));
    }

    private static async Task<Workload> ReadRunningAsync(KubernetesClient client, InjectionOrder order, CancellationToken ct)
    {
        var found = await Workload.FindAsync(client, order.Target, ct)
            ?? throw new FaultRefused($"{order.Target.Kind} {order.Target.Namespace}/{order.Target.Name} is gone; resolve the targets again.");
        if (found.Metadata.Uid != order.Target.Uid)
            throw new FaultRefused($"{found.Owner} was replaced since the targets were resolved (uid {found.Metadata.Uid}, not {order.Target.Uid}); resolve them again.");
        return found.Replicas > 0 ? found : throw new FaultRefused($"{found.Owner} has no replicas; there is nothing to take away.");
    }

    private UndoPlan Plan(InjectionOrder order, Workload workload)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["replicas"] = Text(workload.Replicas), ["workload"] = workload.Owner };
        var kind = workload.Kind.ToLowerInvariant();
        var ns = order.Target.Namespace;
        return new(Kind.Id, Kind.Layer, values,
            $"kubectl -n {ns} scale {kind} {order.Target.Name} --replicas={workload.Replicas}; {ObjectMarks.TakeOffByHand($"kubectl -n {ns} VERB {kind} {order.Target.Name}")}");
    }

    private static readonly IReadOnlyDictionary<string, string> NoFacts = new Dictionary<string, string>(StringComparer.Ordinal);

    private static string Replicas(int number) => number == 1 ? "1 replica" : $"{Text(number)} replicas";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static Dictionary<string, string> Facts(params (string Key, string Value)[] facts) => facts.ToDictionary(fact => fact.Key, fact => fact.Value, StringComparer.Ordinal);
}
