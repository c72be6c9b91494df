using GameDay.Domain.Experiments;

namespace GameDay.Domain.Plugins;

/// <summary>
/// A fault on one target and nothing else: selecting, ordering, ramping, retrying, journalling and time-boxing are the engine's.
/// Called by Engine and Reaper only. Normative: revert-protocol.md.
/// </summary>
public interface IFault
{
    FaultKind Kind { get; }

    /// <summary>Reads only. Throws <see cref="FaultRefused"/> when it must not or cannot be done here.</summary>
    Task<UndoPlan> PrepareAsync(InjectionOrder order, CancellationToken ct);

    /// <summary>
    /// Asks the server instead of guessing: every inject and revert request of this injection with <c>dryRun=All</c>. Changes nothing.
    /// </summary>
    Task<IReadOnlyList<Rehearsal>> RehearseAsync(InjectionOrder order, CancellationToken ct);

    /// <summary>Acts and measures the effect; <c>Holds = false</c> means without effect. The ledger entry exists already.</summary>
    Task<Evidence> InjectAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct);

    /// <summary>Repeatable, compare-and-set; succeeds when there is nothing left to undo.</summary>
    Task RevertAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct);

    /// <summary>Reads back; <c>Holds = true</c> only when the effect's absence was read. Never assumes.</summary>
    Task<Evidence> VerifyRevertedAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct);
}

/// <summary>Everything a fault needs to know about one injection.</summary>
/// <param name="ShortId">Eight hex digits; names every object the fault makes.</param>
/// <param name="InstallationId">Whose objects these are; other installations' are never touched.</param>
/// <param name="Settings">Checked against the kind's settings, defaults filled in.</param>
/// <param name="Duration">Longest life of the fault, counted from the ledger entry's server-side creation.</param>
/// <param name="NotAfter">Server time after which an injection must not begin (rule 2).</param>
/// <param name="Deadline">Server time by which the fault must be gone.</param>
public sealed record InjectionOrder(
    Guid InjectionId, string ShortId, Guid RunId, string InstallationId, FaultTarget Target,
    IReadOnlyDictionary<string, string> Settings, TimeSpan Duration, DateTimeOffset NotAfter, DateTimeOffset Deadline);

/// <summary>What the server said to one request that changed nothing.</summary>
/// <param name="Asked">The request in words: "add an agent to pod checkout-7f".</param>
/// <param name="Accepted">Null: not known, e.g. a webhook that refuses dry runs.</param>
/// <param name="Answer">The server's words.</param>
public sealed record Rehearsal(string Asked, bool? Accepted, string Answer);

/// <summary>The fault cannot or must not be done on this target; nothing was touched.</summary>
public sealed class FaultRefused(string message) : RuleBroken("FaultRefused", message);
