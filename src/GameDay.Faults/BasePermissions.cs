using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults;

/// <summary>What app and reaper need beside the permissions of the enabled kinds. Lists to be read, and to be printed as RBAC.</summary>
public static class BasePermissions
{
    /// <summary>The app where its targets are: to choose them, to see who else writes to them, to read probes.</summary>
    public static IReadOnlyList<PermissionNeeded> AppInTargets { get; } =
    [
        new("", "pods", "get"), new("", "pods", "list"), new("", "services", "list"), new("", "services/proxy", "get"),
        new("apps", "deployments", "get"), new("apps", "deployments", "list"), new("apps", "statefulsets", "get"), new("apps", "statefulsets", "list"),
        new("apps", "daemonsets", "get"), new("apps", "replicasets", "get"), new("apps", "replicasets", "list"),
        new("autoscaling", "horizontalpodautoscalers", "list"), new("networking.k8s.io", "networkpolicies", "list"),
        new("", "nodes", "get", ClusterScoped: true), new("", "nodes", "list", ClusterScoped: true),
    ];

    /// <summary>The app in GameDay's own namespace: ledger and leases, and its own pods, which a fault must not take along.</summary>
    public static IReadOnlyList<PermissionNeeded> AppInOwn { get; } = [.. Ledger.Permissions, new("", "pods", "list")];

    /// <summary>The reaper in GameDay's own namespace; where the targets are it needs what the enabled kinds need.</summary>
    public static IReadOnlyList<PermissionNeeded> ReaperInOwn { get; } =
    [
        new("", "configmaps", "get"), new("", "configmaps", "list"), new("", "configmaps", "watch"), new("", "configmaps", "update"), new("", "configmaps", "delete"),
        new(V1Lease.Resource.Group, "leases", "create"), new(V1Lease.Resource.Group, "leases", "get"), new(V1Lease.Resource.Group, "leases", "list"),
        new(V1Lease.Resource.Group, "leases", "patch"), new(V1Lease.Resource.Group, "leases", "delete"),
        new("", "events", "create"),
    ];
}
