namespace GameDay.Faults.Reaping;

/// <summary>A fault that may be in place, known from its ledger entry or from the marks of an object.</summary>
/// <param name="Key">Where it was read: <c>ConfigMap gameday/NAME</c>, <c>NetworkPolicy shop/NAME</c>.</param>
/// <param name="FromLedger">False: the object speaks for itself, no entry of this injection was found.</param>
/// <param name="ProvedBefore">Its entry says that it is gone, and here it is.</param>
internal sealed record Held(string Key, LedgerContent Content, bool FromLedger, bool ProvedBefore = false);

/// <summary>What the reaper will not act on.</summary>
internal sealed record Untouched(string Key, string Why);

/// <summary>One look at a cluster. <see cref="ServerNow"/> is the API server's clock, never ours.</summary>
internal sealed record Reading(IReadOnlyList<Held> Held, IReadOnlyList<Untouched> Untouched, IReadOnlySet<string> ProvedInjections, bool Halted, IReadOnlyDictionary<Guid, string> Beats, DateTimeOffset ServerNow);
