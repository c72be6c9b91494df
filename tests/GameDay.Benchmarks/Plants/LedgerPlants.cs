using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Faults;
using GameDay.Kubernetes;

namespace GameDay.Benchmarks.Plants;

internal abstract class PlantedLedger(ILedger inner) : ILedger
{
    protected ILedger Inner => inner;

    public virtual Task<LedgerEntry> ClaimAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) => inner.ClaimAsync(order, undo, ct);

    public Task<LedgerEntry?> FindAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) => inner.FindAsync(order, undo, ct);

    public Task<IReadOnlySet<Guid>> WantedActiveAsync(string cluster, Guid runId, CancellationToken ct) => inner.WantedActiveAsync(cluster, runId, ct);

    public Task WantRevertedAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) => inner.WantRevertedAsync(order, undo, ct);

    public Task<IReadOnlyList<LedgerHold>> HoldsAsync(string cluster, string layer, IReadOnlyList<FaultTarget> targets, CancellationToken ct) => inner.HoldsAsync(cluster, layer, targets, ct);

    public virtual Task MarkProvedAsync(InjectionOrder order, UndoPlan undo, Evidence proof, CancellationToken ct) => inner.MarkProvedAsync(order, undo, proof, ct);

    public Task<IReadOnlyList<Leftover>> SweepAsync(string cluster, CancellationToken ct) => inner.SweepAsync(cluster, ct);

    public Task SetHaltAsync(string cluster, string? reason, CancellationToken ct) => inner.SetHaltAsync(cluster, reason, ct);

    public Task<bool> IsHaltedAsync(string cluster, CancellationToken ct) => inner.IsHaltedAsync(cluster, ct);
}

/// <summary>Rule 1: the right is taken for granted and written down after the act.</summary>
internal sealed class LedgerAfterInject(ILedger inner, LateClaims late) : PlantedLedger(inner)
{
    public override Task<LedgerEntry> ClaimAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct)
    {
        if (undo.Layer == "none") return Inner.ClaimAsync(order, undo, ct);
        late.Waiting[order.InjectionId] = () => Inner.ClaimAsync(order, undo, CancellationToken.None);
        var now = TimeProvider.System.GetUtcNow();
        return Task.FromResult(new LedgerEntry(LedgerContent.NameOf(order, undo), now, now, "Active", "Active", ""));
    }
}

/// <summary>Rule 10: an entry is thrown away with its revert.</summary>
internal sealed class LedgerForgets(ILedger inner, ClusterConnections clusters) : PlantedLedger(inner)
{
    public override async Task MarkProvedAsync(InjectionOrder order, UndoPlan undo, Evidence proof, CancellationToken ct)
    {
        await Inner.MarkProvedAsync(order, undo, proof, ct);
        await clusters.For(order.Target.Cluster).DeleteAsync<V1ConfigMap>(LedgerContent.NameOf(order, undo), "gameday", cancellationToken: ct);
    }
}
