using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults;

/// <summary>Any fault, with its undo and its proof ahead of all reads that merely look: a revert never queues behind a preview.</summary>
internal sealed class UrgentUndo(IFault inner) : IFault
{
    public FaultKind Kind => inner.Kind;

    public Task<UndoPlan> PrepareAsync(InjectionOrder order, CancellationToken ct) => inner.PrepareAsync(order, ct);

    public Task<IReadOnlyList<Rehearsal>> RehearseAsync(InjectionOrder order, CancellationToken ct) => inner.RehearseAsync(order, ct);

    public Task<Evidence> InjectAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) => inner.InjectAsync(order, undo, ct);

    public Task RevertAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) => Urgency.UrgentlyAsync(() => inner.RevertAsync(order, undo, ct));

    public Task<Evidence> VerifyRevertedAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) => Urgency.UrgentlyAsync(() => inner.VerifyRevertedAsync(order, undo, ct));
}
