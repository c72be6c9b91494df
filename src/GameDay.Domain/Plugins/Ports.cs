using GameDay.Domain.Experiments;

namespace GameDay.Domain.Plugins;

/// <summary>Resolves selectors to concrete targets. Reads only.</summary>
public interface ITargets
{
    /// <summary>All matching, then the seeded choice among them, in the order they will be touched.</summary>
    /// <exception cref="RuleBroken">Nothing matches, or the cluster refused or is away: the message says which.</exception>
    Task<ResolvedTargets> ResolveAsync(string cluster, TargetSpec spec, int seed, CancellationToken ct);

    /// <summary>Asks the server whether each permission is held (SelfSubjectAccessReview).</summary>
    Task<IReadOnlyList<PermissionAnswer>> AskPermissionsAsync(string cluster, string ns, IReadOnlyList<PermissionNeeded> needed, CancellationToken ct);
}

/// <param name="Matching">How many pods the selector matches; <paramref name="Chosen"/> are those that will be touched.</param>
public sealed record ResolvedTargets(int Matching, IReadOnlyList<FaultTarget> Chosen);

public sealed record PermissionAnswer(PermissionNeeded Permission, bool Allowed, string? Reason);

/// <summary>Reads one kind of probe. Throws for "no data": the engine treats it as missing, never as good.</summary>
public interface IProbeSource
{
    bool Handles(ProbeSpec probe);
    Task<IReadOnlyList<double>> ReadAsync(string cluster, ProbeSpec probe, CancellationToken ct);
}

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
