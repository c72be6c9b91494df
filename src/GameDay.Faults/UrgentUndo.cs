using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults;

/// <summary>Any fault, with its undo and its proof ahead of all reads that merely look: a revert never queues behind a preview.</summary>
internal class UrgentUndo(IFault inner) : IFault
{
    public static IFault Of(IFault inner) => inner is IBulkFault bulk ? new UrgentBulkUndo(bulk) : new UrgentUndo(inner);

    public FaultKind Kind => inner.Kind;

    public Task<UndoPlan> PrepareAsync(InjectionOrder order, CancellationToken ct) => inner.PrepareAsync(order, ct);

    public Task<IReadOnlyList<Rehearsal>> RehearseAsync(InjectionOrder order, CancellationToken ct) => inner.RehearseAsync(order, ct);

    public Task<Evidence> InjectAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) => inner.InjectAsync(order, undo, ct);

    public Task RevertAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) => Urgency.UrgentlyAsync(() => inner.RevertAsync(order, undo, ct));

    public Task<Evidence> VerifyRevertedAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) => Urgency.UrgentlyAsync(() => inner.VerifyRevertedAsync(order, undo, ct));
}

/// <summary>The same for a fault that acts in bulk.</summary>
internal sealed class UrgentBulkUndo(IBulkFault inner) : UrgentUndo(inner), IBulkFault
{
    public Task SendAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) => inner.SendAsync(order, undo, ct);

    public Task<IReadOnlyList<Evidence>> ReadEffectsAsync(IReadOnlyList<InjectionOrder> orders, CancellationToken ct) => inner.ReadEffectsAsync(orders, ct);
}
