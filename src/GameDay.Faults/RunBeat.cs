using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults;

/// <summary>A run's sign of life: Lease <c>gameday-run-&lt;run id&gt;</c> in GameDay's namespace (revert protocol, rule 9).</summary>
public sealed class RunBeat(ClusterConnections clusters, FaultOptions options) : IRunBeat
{
    public const string RoleName = "run";

    private const int LeaseSeconds = 20;

    public static IReadOnlyList<PermissionNeeded> Permissions { get; } =
    [
        new(V1Lease.Resource.Group, "leases", "create"), new(V1Lease.Resource.Group, "leases", "get"), new(V1Lease.Resource.Group, "leases", "list"),
        new(V1Lease.Resource.Group, "leases", "patch"), new(V1Lease.Resource.Group, "leases", "delete"),
    ];

    public static string NameOf(Guid runId) => $"gameday-run-{runId:N}";

    public Task BeatAsync(string cluster, Guid runId, CancellationToken ct) => Urgency.UrgentlyAsync(async () =>
    {
        var client = clusters.For(cluster);
        var now = client.ServerClock.Now ?? await client.ReadServerTimeAsync(ct);
        await LeaseWrites.RenewAsync(client, Lease(runId, now), ct);
    });

    public async Task EndAsync(string cluster, Guid runId, CancellationToken ct) =>
        await clusters.For(cluster).DeleteAsync<V1Lease>(NameOf(runId), options.Namespace, cancellationToken: ct);

    private V1Lease Lease(Guid runId, DateTimeOffset now) => new()
    {
        Metadata = new()
        {
            Name = NameOf(runId),
            Namespace = options.Namespace,
            Labels = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [Marks.ManagedBy] = Marks.Product,
                [Marks.Installation] = options.InstallationId,
                [Marks.Run] = runId.ToString("N"),
                [Marks.Role] = RoleName,
            },
        },
        Spec = new() { HolderIdentity = options.Identity, LeaseDurationSeconds = LeaseSeconds, RenewTime = now },
    };
}
