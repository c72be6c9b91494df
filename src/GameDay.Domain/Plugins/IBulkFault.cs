using GameDay.Domain.Experiments;

namespace GameDay.Domain.Plugins;

/// <summary>
/// A fault whose act is one short request and which leaves nothing to undo. A whole step of a ramp is sent at once, and its effects are
/// read together.
/// </summary>
public interface IBulkFault : IFault
{
    /// <summary>Acts, and throws as <see cref="IFault.InjectAsync"/> does. Whether it had an effect is not known yet.</summary>
    Task SendAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct);

    /// <summary>One reading per order, as they were given. All are of one cluster and were sent.</summary>
    Task<IReadOnlyList<Evidence>> ReadEffectsAsync(IReadOnlyList<InjectionOrder> orders, CancellationToken ct);
}
