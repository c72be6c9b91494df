using GameDay.Domain.Experiments;

namespace GameDay.Domain.Plugins;

/// <summary>The journal in the target cluster: one entry per injection, whose successful creation is the right to inject (rule 1).</summary>
public interface ILedger
{
    /// <summary>Creates the entry before the act. Throws <see cref="LedgerHeld"/> when another injection holds the same target and layer, <see cref="HaltInForce"/> while the cluster's halt object exists.</summary>
    /// <returns>The entry with the server's creation time, from which deadlines count.</returns>
    Task<LedgerEntry> ClaimAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct);

    /// <summary>The entry of this injection, or null when it was never created or is gone.</summary>
    Task<LedgerEntry?> FindAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct);

    /// <summary>The injections of a run whose entries want them active: all in one reading, however many.</summary>
    Task<IReadOnlySet<Guid>> WantedActiveAsync(string cluster, Guid runId, CancellationToken ct);

    /// <summary>Says in the entry that the fault is to end, so that every actor that reads it helps. Only moves forward.</summary>
    Task WantRevertedAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct);

    /// <summary>Who holds which of these targets in this layer; a target that is not named is free.</summary>
    Task<IReadOnlyList<LedgerHold>> HoldsAsync(string cluster, string layer, IReadOnlyList<FaultTarget> targets, CancellationToken ct);

    /// <summary>Marks the entry proved; it stays until the sweep's second empty reading (rule 10).</summary>
    Task MarkProvedAsync(InjectionOrder order, UndoPlan undo, Evidence proof, CancellationToken ct);

    /// <summary>Everything of any GameDay that is still in the cluster: unproved entries and labelled objects. Proved entries older than 10 minutes are removed after a second empty reading.</summary>
    Task<IReadOnlyList<Leftover>> SweepAsync(string cluster, CancellationToken ct);

    /// <summary>Puts (or with null reason removes) the cluster's halt object, ConfigMap <c>gameday-halt</c>.</summary>
    Task SetHaltAsync(string cluster, string? reason, CancellationToken ct);

    Task<bool> IsHaltedAsync(string cluster, CancellationToken ct);
}

public sealed record LedgerEntry(string Name, DateTimeOffset CreatedAt, DateTimeOffset ServerNow, string Wanted, string Recorded, string ResourceVersion);

/// <param name="Words">Who holds it, and what to do.</param>
/// <param name="FreeIn">The fault behind it is proved gone: a new claim may take its place after this time. Null: held.</param>
public sealed record LedgerHold(FaultTarget Target, string Words, TimeSpan? FreeIn);

/// <param name="Ours">False: another installation's; listed, never touched, blocks all clear.</param>
/// <param name="UndoByHand">One line with kubectl alone.</param>
public sealed record Leftover(string Cluster, string Object, string MadeBy, string InstallationId, bool Ours, string UndoByHand);

public sealed class LedgerHeld(string message) : RuleBroken("LedgerHeld", message);

public sealed class HaltInForce(string message) : RuleBroken("HaltInForce", message);
