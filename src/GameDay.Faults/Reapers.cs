using System.Globalization;
using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults;

/// <summary>The reapers of a cluster, each known by the Lease it renews.</summary>
public sealed class Reapers(ClusterConnections clusters, FaultOptions options) : IReapers
{
    public const string RoleName = "reaper";
    public const string NodeAnnotation = "gameday.dev/node";
    public const string UntouchedAnnotation = "gameday.dev/untouched";
    public const string NamespacesAnnotation = "gameday.dev/namespaces";
    public const string KindsAnnotation = "gameday.dev/kinds";
    public const string Prefix = "gameday-reaper-";
    public const string Selector = $"{Marks.OursSelector},{Marks.Role}={RoleName}";

    public async Task<IReadOnlyList<ReaperSeen>> SeenAsync(string cluster, CancellationToken ct)
    {
        var client = clusters.For(cluster);
        var leases = await client.ListAsync<V1Lease>(options.Namespace, Selector, cancellationToken: ct);
        var now = await client.ReadServerTimeAsync(ct);
        return [.. leases.Items.Where(IsForUs).Select(lease => Seen(lease, now))];
    }

    /// <summary>One that knows no installation yet will be ours with our first entry; another's never will.</summary>
    private bool IsForUs(V1Lease lease) => lease.Metadata.Label(Marks.Installation) is not { } other || other == options.InstallationId;

    private static ReaperSeen Seen(V1Lease lease, DateTimeOffset now) => new(
        lease.Metadata.Name!.StartsWith(Prefix, StringComparison.Ordinal) ? lease.Metadata.Name[Prefix.Length..] : lease.Metadata.Name,
        lease.Metadata.Annotation(NodeAnnotation),
        // Renewed by hearsay of the same clock, which may be read a second apart.
        lease.Spec?.RenewTime is { } renewed ? now > renewed ? now - renewed : TimeSpan.Zero : TimeSpan.MaxValue,
        int.TryParse(lease.Metadata.Annotation(UntouchedAnnotation), CultureInfo.InvariantCulture, out var untouched) ? untouched : 0)
    {
        Namespaces = List(lease, NamespacesAnnotation),
        Kinds = List(lease, KindsAnnotation),
    };

    private static string[] List(V1Lease lease, string annotation) => lease.Metadata.Annotation(annotation)?.Split(',') ?? [];
}
