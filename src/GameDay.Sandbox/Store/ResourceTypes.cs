namespace GameDay.Sandbox.Store;

/// <summary>Every kind of object the sandbox knows. A list you can read beats a scanner you must debug.</summary>
public static class ResourceTypes
{
    private static readonly Subresource Scale = new("scale", "autoscaling", "v1", "Scale", "get", "patch", "update");

    private static readonly Subresource[] PodSubresources =
    [
        new("attach", "", "v1", "PodAttachOptions", "create", "get"),
        new("binding", "", "v1", "Binding", "create"),
        new("ephemeralcontainers", "", "v1", "Pod", "get", "patch", "update"),
        new("eviction", "policy", "v1", "Eviction", "create"),
        new("exec", "", "v1", "PodExecOptions", "create", "get"),
        new("log", "", "v1", "Pod", "get"),
        new("portforward", "", "v1", "PodPortForwardOptions", "create", "get"),
        new("proxy", "", "v1", "PodProxyOptions", "create", "delete", "get", "patch", "update"),
    ];

    public static ResourceType Pods { get; } = new("", "v1", "pods", "Pod")
    { ShortNames = ["po"], Categories = ["all"], Subresources = PodSubresources };

    public static ResourceType Nodes { get; } = new("", "v1", "nodes", "Node", Namespaced: false)
    { ShortNames = ["no"], Subresources = [new("proxy", "", "v1", "NodeProxyOptions", "create", "delete", "get", "patch", "update")] };

    public static ResourceType Namespaces { get; } = new("", "v1", "namespaces", "Namespace", Namespaced: false) { ShortNames = ["ns"] };

    public static ResourceType Services { get; } = new("", "v1", "services", "Service")
    {
        ShortNames = ["svc"],
        Categories = ["all"],
        Subresources = [new("proxy", "", "v1", "ServiceProxyOptions", "create", "delete", "get", "patch", "update")],
    };

    public static ResourceType Endpoints { get; } = new("", "v1", "endpoints", "Endpoints") { ShortNames = ["ep"] };

    public static ResourceType Events { get; } = new("", "v1", "events", "Event") { ShortNames = ["ev"] };

    public static ResourceType ConfigMaps { get; } = new("", "v1", "configmaps", "ConfigMap") { ShortNames = ["cm"] };

    public static ResourceType Secrets { get; } = new("", "v1", "secrets", "Secret");

    public static ResourceType ServiceAccounts { get; } = new("", "v1", "serviceaccounts", "ServiceAccount")
    { ShortNames = ["sa"], Subresources = [new("token", "authentication.k8s.io", "v1", "TokenRequest", "create")] };

    public static ResourceType Deployments { get; } = new("apps", "v1", "deployments", "Deployment", TracksGeneration: true)
    { ShortNames = ["deploy"], Categories = ["all"], Subresources = [Scale] };

    public static ResourceType ReplicaSets { get; } = new("apps", "v1", "replicasets", "ReplicaSet", TracksGeneration: true)
    { ShortNames = ["rs"], Categories = ["all"], Subresources = [Scale] };

    public static ResourceType StatefulSets { get; } = new("apps", "v1", "statefulsets", "StatefulSet", TracksGeneration: true)
    { ShortNames = ["sts"], Categories = ["all"], Subresources = [Scale] };

    public static ResourceType DaemonSets { get; } = new("apps", "v1", "daemonsets", "DaemonSet", TracksGeneration: true)
    { ShortNames = ["ds"], Categories = ["all"] };

    public static ResourceType HorizontalPodAutoscalers { get; } =
        new("autoscaling", "v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler", TracksGeneration: true) { ShortNames = ["hpa"], Categories = ["all"] };

    public static ResourceType Leases { get; } = new("coordination.k8s.io", "v1", "leases", "Lease");

    public static ResourceType EndpointSlices { get; } = new("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice");

    public static ResourceType NetworkPolicies { get; } =
        new("networking.k8s.io", "v1", "networkpolicies", "NetworkPolicy", TracksGeneration: true) { ShortNames = ["netpol"] };

    public static ResourceType PodDisruptionBudgets { get; } =
        new("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget", TracksGeneration: true) { ShortNames = ["pdb"] };

    public static ResourceType Roles { get; } = new("rbac.authorization.k8s.io", "v1", "roles", "Role");

    public static ResourceType RoleBindings { get; } = new("rbac.authorization.k8s.io", "v1", "rolebindings", "RoleBinding");

    public static ResourceType ClusterRoles { get; } = new("rbac.authorization.k8s.io", "v1", "clusterroles", "ClusterRole", Namespaced: false);

    public static ResourceType ClusterRoleBindings { get; } =
        new("rbac.authorization.k8s.io", "v1", "clusterrolebindings", "ClusterRoleBinding", Namespaced: false);

    public static ResourceType Jobs { get; } = new("batch", "v1", "jobs", "Job") { Categories = ["all"] };

    public static IReadOnlyList<ResourceType> All { get; } =
    [
        Pods, Nodes, Namespaces, Services, Endpoints, Events, ConfigMaps, Secrets, ServiceAccounts,
        Deployments, ReplicaSets, StatefulSets, DaemonSets, HorizontalPodAutoscalers,
        Leases, EndpointSlices, NetworkPolicies, PodDisruptionBudgets,
        Roles, RoleBindings, ClusterRoles, ClusterRoleBindings, Jobs,
    ];

    public static ResourceType? Find(string group, string version, string plural) =>
        All.FirstOrDefault(t => t.Group == group && t.Version == version && t.Plural == plural);

    public static ResourceType? OfKind(string apiVersion, string kind) =>
        All.FirstOrDefault(t => t.ApiVersion == apiVersion && t.Kind == kind);
}
