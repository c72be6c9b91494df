using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults;

/// <summary>The ledger with all that a revert or a halt asks of it ahead of reads that merely look.</summary>
internal sealed class UrgentLedger(ILedger inner) : ILedger
{
    public Task<LedgerEntry> ClaimAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) => Urgency.UrgentlyAsync(() => inner.ClaimAsync(order, undo, ct));

    public Task<LedgerEntry?> FindAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) => Urgency.UrgentlyAsync(() => inner.FindAsync(order, undo, ct));

    public Task<IReadOnlySet<Guid>> WantedActiveAsync(string cluster, Guid runId, CancellationToken ct) => Urgency.UrgentlyAsync(() => inner.WantedActiveAsync(cluster, runId, ct));

    public Task WantRevertedAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) => Urgency.UrgentlyAsync(() => inner.WantRevertedAsync(order, undo, ct));

    public Task<IReadOnlyList<LedgerHold>> HoldsAsync(string cluster, string layer, IReadOnlyList<FaultTarget> targets, CancellationToken ct) => inner.HoldsAsync(cluster, layer, targets, ct);

    public Task MarkProvedAsync(InjectionOrder order, UndoPlan undo, Evidence proof, CancellationToken ct) => Urgency.UrgentlyAsync(() => inner.MarkProvedAsync(order, undo, proof, ct));

    public Task<IReadOnlyList<Leftover>> SweepAsync(string cluster, CancellationToken ct) => inner.SweepAsync(cluster, ct);

    public Task SetHaltAsync(string cluster, string? reason, CancellationToken ct) => Urgency.UrgentlyAsync(() => inner.SetHaltAsync(cluster, reason, ct));

    public Task<bool> IsHaltedAsync(string cluster, CancellationToken ct) => Urgency.UrgentlyAsync(() => inner.IsHaltedAsync(cluster, ct));
}
