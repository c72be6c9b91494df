using GameDay.Domain.Experiments;

namespace GameDay.Domain.Plugins;

/// <summary>Resolves selectors to concrete targets. Reads only.</summary>
public interface ITargets
{
    /// <param name="kind">Whether pods, workloads or nodes are looked for; see <see cref="FaultKind.TargetsOf"/>.</param>
    /// <summary>All matching, then the seeded choice among them, in the order they will be touched.</summary>
    /// <exception cref="RuleBroken">Nothing matches, or the cluster refused or is away: the message says which.</exception>
    Task<ResolvedTargets> ResolveAsync(string cluster, TargetSpec spec, TargetKind kind, int seed, CancellationToken ct);

    /// <summary>Asks the server whether each permission is held (SelfSubjectAccessReview).</summary>
    Task<IReadOnlyList<PermissionAnswer>> AskPermissionsAsync(string cluster, string ns, IReadOnlyList<PermissionNeeded> needed, CancellationToken ct);
}

/// <param name="Matching">The whole that a share is a share of: everything that labels and owner name, before zone and node narrow it. <paramref name="Chosen"/> are those that will be touched.</param>
public sealed record ResolvedTargets(int Matching, IReadOnlyList<FaultTarget> Chosen);

public sealed record PermissionAnswer(PermissionNeeded Permission, bool Allowed, string? Reason);

/// <summary>
/// A run's sign of life in its cluster: one Lease per run, beaten every 2 s and only while the row lease is fresh. The reaper ends
/// the run's faults once it has seen no change for 20 s (revert protocol, rule 9).
/// </summary>
public interface IRunBeat
{
    /// <summary>Makes or renews the Lease.</summary>
    Task BeatAsync(string cluster, Guid runId, CancellationToken ct);

    /// <summary>Removes it: nothing of this run is in place any more.</summary>
    Task EndAsync(string cluster, Guid runId, CancellationToken ct);
}

/// <summary>The reapers of a cluster, which end faults when nobody else does.</summary>
public interface IReapers
{
    /// <summary>Those that have reported themselves, by the API server's clock; empty when there is none.</summary>
    Task<IReadOnlyList<ReaperSeen>> SeenAsync(string cluster, CancellationToken ct);
}

/// <param name="Age">Time since its last report.</param>
/// <param name="Untouched">Entries it will not act on: damaged, of an unknown version, or not allowed.</param>
public sealed record ReaperSeen(string Name, string? Node, TimeSpan Age, int Untouched)
{
    /// <summary>Where it may act; empty: everywhere but in protected namespaces. Nodes are in none.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];
    /// <summary>What it may end; empty: every kind.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    public bool IsAlive => Age < TimeSpan.FromSeconds(15);

    /// <param name="ns">Null for a fault on nodes.</param>
    public bool MayEnd(string kind, string? ns) => Allows(Kinds, kind) && (ns is null || Allows(Namespaces, ns));

    private static bool Allows(IReadOnlyList<string> named, string one) => named.Count == 0 || named.Contains(one, StringComparer.Ordinal);
}

/// <summary>Reads one kind of probe. Throws for "no data": the engine treats it as missing, never as good.</summary>
public interface IProbeSource
{
    bool Handles(ProbeSpec probe);
    Task<IReadOnlyList<double>> ReadAsync(string cluster, ProbeSpec probe, CancellationToken ct);
}

/// <summary>Tells which alerts fire. Throws when it cannot be asked.</summary>
public interface IAlertSource
{
    string Vendor { get; }
    bool IsConfigured { get; }
    Task<IReadOnlyList<FiringAlert>> FiringAsync(CancellationToken ct);
}

/// <param name="Key">The same for as long as it fires; another one for other labels.</param>
/// <param name="Summary">In the words of the rule that fires; may be empty.</param>
public sealed record FiringAlert(string Key, string Name, string Summary);

/// <summary>Names and reachability of the configured clusters.</summary>
public interface IClusters
{
    IReadOnlyList<ClusterInfo> All { get; }
    /// <summary>Asks the API server for its version; the message names the cluster and the cause on failure.</summary>
    Task<string> ProbeAsync(string cluster, CancellationToken ct);
}

/// <param name="IsSandbox">True only for the embedded cluster.</param>
public sealed record ClusterInfo(string Name, bool IsSandbox, string Server);

/// <summary>Sends one message to people. Called by the outbox only.</summary>
public interface INotifier
{
    string Vendor { get; }
    bool IsConfigured { get; }
    /// <summary>Looks an earlier ambiguous send up by its key; null when it is not there.</summary>
    Task<string?> FindAsync(Notice notice, CancellationToken ct);
    /// <returns>The vendor's reference of the message (e.g. Slack's ts).</returns>
    Task<string> SendAsync(Notice notice, CancellationToken ct);
}

public enum NoticeKind { Announcement, Started, Paused, Resumed, Aborted, AllClear, Summary, Leak }

/// <param name="Key">Unique per message; lets an ambiguous send be found again.</param>
/// <param name="Text">Plain text of the whole message, already prefixed as an exercise and naming how to abort.</param>
public sealed record Notice(string Key, Guid ExerciseId, NoticeKind Kind, string Channel, string Text, Uri? Link);

/// <summary>The owning team's issue tracker.</summary>
public interface ITracker
{
    string Vendor { get; }
    bool IsConfigured { get; }
    /// <summary>Looks the issue up by its marker, so that an answer that was lost creates nothing twice.</summary>
    Task<TrackerIssue?> FindAsync(string marker, CancellationToken ct);
    /// <summary>Creates the issue. Called by the outbox only.</summary>
    Task<TrackerIssue> WriteAsync(IssueDraft draft, CancellationToken ct);
    Task<TrackerIssue> ReadAsync(string key, CancellationToken ct);
}

/// <param name="Marker">Unique text that the issue's body carries.</param>
public sealed record IssueDraft(string Marker, string Title, string Body, IReadOnlyList<string> Labels);

public sealed record TrackerIssue(string Vendor, string Key, Uri Url, string Status);

/// <summary>The vendor refused for good (bad token, unknown channel): retrying does not help. The message says what to do, never a secret.</summary>
public sealed class VendorRefused(string message) : Exception(message);
