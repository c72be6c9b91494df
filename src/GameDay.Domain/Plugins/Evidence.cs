namespace GameDay.Domain.Plugins;

/// <summary>What was read back, when, and whether it shows what was asked.</summary>
/// <param name="Holds">At injection: the effect was seen. At revert: its absence was read back.</param>
/// <param name="Summary">One line for people: "connect to payments took 401 ms, 0.6 ms before".</param>
/// <param name="Facts">Named readings, at most 4 kB together.</param>
/// <param name="At">Server time of the reading.</param>
public sealed record Evidence(bool Holds, string Summary, IReadOnlyDictionary<string, string> Facts, DateTimeOffset At)
{
    /// <summary>Undo was not ours to do any more: somebody else changed the value we wrote (revert protocol rule 7).</summary>
    public string? SupersededBy { get; init; }
}

/// <summary>What to restore and who may hold it: typed values, never a patch. Saved before the act.</summary>
/// <param name="Layer">What is changed, for the right to inject: <c>net</c>, <c>policy</c>, <c>process</c>, <c>replicas</c>, <c>cordon</c>; <c>none</c> leaves nothing behind and has no ledger entry.</param>
/// <param name="Values">Kind-specific named values, e.g. the name of the policy to delete.</param>
/// <param name="InWords">How to undo it by hand, one line with kubectl alone.</param>
public sealed record UndoPlan(string Kind, string Layer, IReadOnlyDictionary<string, string> Values, string InWords);
