using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults;

/// <summary>Deletes or evicts one very pod. Nothing is left to undo: its owner makes another.</summary>
public sealed class PodKill(ClusterConnections clusters) : IBulkFault
{
    private static readonly TimeSpan EffectWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly Replacements _replacements = new(clusters);

    public FaultKind Kind { get; } = new(
        "pod-kill", "Pod kill", "Deletes a pod, as when its node, its process or its memory gives out.",
        Layer: "none", EffectClass: "API object",
        Settings:
        [
            new("mode", SettingType.Choice, "Delete the pod, or evict it and respect disruption budgets", Default: "delete", Allowed: ["delete", "evict"]),
            new("gracePeriod", SettingType.Duration, "Time the pod gets to end by itself; 0s is an abrupt end", Default: "0s", Min: 0, Max: 600),
        ],
        Permissions: [new("", "pods", "get"), new("", "pods", "list"), new("", "pods", "delete"), new("", "pods/eviction", "create")],
        WhoCanUndo: ["nothing to undo: the pod's owner makes a new one"],
        Runbook: "runbooks/faults/pod-kill.md");

    public Task<UndoPlan> PrepareAsync(InjectionOrder order, CancellationToken ct) => Refusals.RefuseFaultAsync(async () =>
    {
        var target = order.Target;
        ProtectedNamespaces.Refuse(target.Namespace);
        var client = clusters.For(target.Cluster);
        var pod = await LivePod.ReadAsync(client, target, ct);
        await EndAsync(client, order, dryRun: true, ct);
        var undo = pod.Metadata.Controller is null
            ? $"No owner will replace {target.Name}: create it again from its manifest"
            : $"Nothing to undo; watch the replacement: kubectl -n {target.Namespace} get pods -w";
        return new UndoPlan(Kind.Id, Kind.Layer, new Dictionary<string, string>(StringComparer.Ordinal), undo);
    });

    public async Task<IReadOnlyList<Rehearsal>> RehearseAsync(InjectionOrder order, CancellationToken ct) =>
        [await Rehearsed.AskAsync($"{order.Settings.GetValueOrDefault("mode")} pod {order.Target.Name}", () => EndAsync(clusters.For(order.Target.Cluster), order, dryRun: true, ct))];

    public async Task<Evidence> InjectAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct)
    {
        await SendAsync(order, undo, ct);
        return (await ReadEffectsAsync([order], ct))[0];
    }

    public async Task SendAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct)
    {
        ProtectedNamespaces.Refuse(order.Target.Namespace);
        var client = clusters.For(order.Target.Cluster);
        await Landing.RefuseLateAsync(client, order, ct);
        await Refusals.RefuseIfUntouchedAsync(() => Landing.AwaitAnswerAsync(answered => EndAsync(client, order, dryRun: false, answered), ct));
    }

    public Task<IReadOnlyList<Evidence>> ReadEffectsAsync(IReadOnlyList<InjectionOrder> orders, CancellationToken ct)
    {
        var ends = new PodEnds(clusters.For(orders[0].Target.Cluster));
        return Poll.UntilAsync(() => ends.ReadAsync([.. orders.Select(order => order.Target)], ct), seen => seen.All(effect => effect.Holds), EffectWithin, Pause, ct);
    }

    public Task RevertAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) => Task.CompletedTask;

    public Task<Evidence> VerifyRevertedAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) => _replacements.ReadAsync(order.Target, ct);

    private static async Task<bool> EndAsync(KubernetesClient client, InjectionOrder order, bool dryRun, CancellationToken ct)
    {
        var target = order.Target;
        var grace = (int)DurationText.Parse(order.Settings.GetValueOrDefault("gracePeriod", "0s")).TotalSeconds;
        if (order.Settings.GetValueOrDefault("mode") == "evict")
        {
            await EvictAsync(client, target, grace, dryRun, ct);
            return true;
        }

        var deleted = await client.DeleteAsync<V1Pod>(target.Name, target.Namespace, V1DeleteOptions.Exactly(target.Uid) with { GracePeriodSeconds = grace }, dryRun, ct);
        return deleted ? true : throw new FaultRefused($"{target.Namespace}/{target.Name} went away by itself before it was deleted; nothing was done.");
    }

    private static async Task EvictAsync(KubernetesClient client, FaultTarget target, int grace, bool dryRun, CancellationToken ct)
    {
        try
        {
            await client.EvictAsync(target.Name, target.Namespace, target.Uid, grace, dryRun, ct);
        }
        catch (KubernetesException no) when (Budgets.IsBudget(no))
        {
            throw new FaultRefused($"{target.Namespace}/{target.Name} may not be evicted now. {Budgets.Words(no)}");
        }
    }
}
