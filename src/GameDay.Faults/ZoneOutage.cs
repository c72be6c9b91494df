using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Faults.Agents;
using GameDay.Faults.Cordons;

namespace GameDay.Faults;

/// <summary>
/// A zone is lost: its nodes take no new pods, or give up those they have as well, or its pods reach nobody outside it.
/// One injection per node or pod, so that every step has its own undo and its own proof.
/// </summary>
public sealed class ZoneOutage : IFault
{
    private readonly NodeWithdrawal _withdrawal;
    private readonly AgentDrop _partition;

    public ZoneOutage(ClusterConnections clusters, FaultOptions options)
    {
        _withdrawal = new(clusters, Kind);
        _partition = new(clusters, options, Kind, AgentPeers.OutsideZoneAsync);
    }

    public FaultKind Kind { get; } = new(
        "zone-outage", "Zone outage", "A whole zone is lost: its nodes are cordoned, or drained as well, or its pods are cut off from all outside it.",
        NodeWithdrawal.Layer, EffectClass: "node",
        Settings:
        [
            new("mode", SettingType.Choice, "cordon: no new pods in the zone; evict: the plan's namespace leaves it too; partition: its pods there reach nobody outside", Default: "evict", Allowed: ["cordon", "evict", "partition"]),
            NodeWithdrawal.Within,
        ],
        Permissions: [.. NodeWithdrawal.Permissions.Union(AgentFault.Permissions)],
        WhoCanUndo: ["the engine", "the reaper", "anybody by hand: kubectl uncordon", "partition: the agent in each pod, the kernel's own timeout, replacing the pod"],
        Runbook: "runbooks/faults/zone-outage.md")
    {
        TargetsOf = settings => IsPartition(settings) ? TargetKind.Pod : TargetKind.Node,
        LayerBySettings = settings => IsPartition(settings) ? AgentFault.Layer : NodeWithdrawal.Layer,
        NeedsZone = true,
        UndoValues = NodeWithdrawal.UndoValues.Concat(AgentFault.UndoValues).ToDictionary(value => value.Key, value => value.Value, StringComparer.Ordinal),
    };

    public Task<UndoPlan> PrepareAsync(InjectionOrder order, CancellationToken ct)
    {
        if (order.Target.Zone is null)
            throw new FaultRefused($"{order.Target.Name} is in no zone, so it can lose none. Look with: kubectl get nodes -L topology.kubernetes.io/zone.");
        return IsPartition(order.Settings) ? _partition.PrepareAsync(order, ct) : _withdrawal.PrepareAsync(order, ct);
    }

    public Task<IReadOnlyList<Rehearsal>> RehearseAsync(InjectionOrder order, CancellationToken ct) =>
        IsPartition(order.Settings) ? _partition.RehearseAsync(order, ct) : _withdrawal.RehearseAsync(order, Evicts(order), ct);

    public Task<Evidence> InjectAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) =>
        ByAgent(undo) ? _partition.InjectAsync(order, undo, ct) : _withdrawal.InjectAsync(order, undo, Evicts(order), ct);

    public Task RevertAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) =>
        ByAgent(undo) ? _partition.RevertAsync(order, undo, ct) : _withdrawal.RevertAsync(order, undo, ct);

    public Task<Evidence> VerifyRevertedAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) =>
        ByAgent(undo) ? _partition.VerifyRevertedAsync(order, undo, ct) : _withdrawal.VerifyRevertedAsync(order, undo, ct);

    private static bool ByAgent(UndoPlan undo) => undo.Layer == AgentFault.Layer;

    private static bool IsPartition(IReadOnlyDictionary<string, string> settings) => settings.GetValueOrDefault("mode") == "partition";

    private static bool Evicts(InjectionOrder order) => order.Settings.GetValueOrDefault("mode") != "cordon";
}
