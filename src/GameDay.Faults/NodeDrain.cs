using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Faults.Cordons;

namespace GameDay.Faults;

/// <summary>Cordons a node and evicts its pods of one namespace, as far as their disruption budgets allow.</summary>
public sealed class NodeDrain : IFault
{
    private readonly NodeWithdrawal _withdrawal;

    public NodeDrain(ClusterConnections clusters) => _withdrawal = new(clusters, Kind);

    public FaultKind Kind { get; } = new(
        "node-drain", "Node drain", "A node takes no new pods and gives up those it has in the plan's namespace, as before maintenance or a spot reclaim.",
        Layer: NodeWithdrawal.Layer, EffectClass: "node",
        Settings: [NodeWithdrawal.Within],
        Permissions: NodeWithdrawal.Permissions,
        WhoCanUndo: ["the engine", "the reaper", "anybody by hand: kubectl uncordon"],
        Runbook: "runbooks/faults/node-drain.md")
    {
        TargetsOf = _ => TargetKind.Node,
        UndoValues = NodeWithdrawal.UndoValues,
    };

    public Task<UndoPlan> PrepareAsync(InjectionOrder order, CancellationToken ct) => _withdrawal.PrepareAsync(order, ct);

    public Task<IReadOnlyList<Rehearsal>> RehearseAsync(InjectionOrder order, CancellationToken ct) => _withdrawal.RehearseAsync(order, evict: true, ct);

    public Task<Evidence> InjectAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) => _withdrawal.InjectAsync(order, undo, evict: true, ct);

    public Task RevertAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) => _withdrawal.RevertAsync(order, undo, ct);

    public Task<Evidence> VerifyRevertedAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) => _withdrawal.VerifyRevertedAsync(order, undo, ct);
}
