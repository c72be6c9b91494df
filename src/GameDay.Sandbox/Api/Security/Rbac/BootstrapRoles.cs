using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Security.Rbac;

/// <summary>The roles every cluster is born with: what anybody may ask, and the four that people bind by name.</summary>
internal static class BootstrapRoles
{
    private static readonly string[] Read = ["get", "list", "watch"];
    private static readonly string[] Write = ["create", "delete", "deletecollection", "patch", "update"];
    private static readonly string[] Workloads = ["deployments", "deployments/scale", "replicasets", "replicasets/scale", "statefulsets", "statefulsets/scale", "daemonsets"];

    private static readonly string[] Discovery = ["/api", "/api/*", "/apis", "/apis/*", "/healthz", "/livez", "/openapi", "/openapi/*", "/readyz", "/version", "/version/"];

    public static void Plant(ClusterStore store)
    {
        Role(store, "cluster-admin", Rule(["*"], ["*"], ["*"]), Urls("*"));
        Role(store, "admin", [.. Edit(), .. View(), Rule([.. Read, .. Write], ["rbac.authorization.k8s.io"], ["roles", "rolebindings"]), Rule(["create"], ["authorization.k8s.io"], ["localsubjectaccessreviews"])]);
        Role(store, "edit", [.. Edit(), .. View()]);
        Role(store, "view", View());
        Role(store, "system:discovery", Urls(Discovery));
        Role(store, "system:public-info-viewer", Urls("/healthz", "/livez", "/readyz", "/version", "/version/"));
        Role(
            store,
            "system:basic-user",
            Rule(["create"], ["authorization.k8s.io"], ["selfsubjectaccessreviews", "selfsubjectrulesreviews"]),
            Rule(["create"], ["authentication.k8s.io"], ["selfsubjectreviews"]));
        Bind(store, "cluster-admin", RequestUser.Masters);
        Bind(store, "system:discovery", RequestUser.Authenticated);
        Bind(store, "system:public-info-viewer", RequestUser.Authenticated, "system:unauthenticated");
        Bind(store, "system:basic-user", RequestUser.Authenticated);
    }

    private static JsonObject[] View() =>
    [
        Rule(Read, [""], ["configmaps", "endpoints", "events", "namespaces", "pods", "pods/log", "pods/status", "serviceaccounts", "services"]),
        Rule(Read, ["apps"], [.. Workloads]),
        Rule(Read, ["autoscaling"], ["horizontalpodautoscalers"]),
        Rule(Read, ["batch"], ["jobs"]),
        Rule(Read, ["discovery.k8s.io"], ["endpointslices"]),
        Rule(Read, ["networking.k8s.io"], ["networkpolicies"]),
        Rule(Read, ["policy"], ["poddisruptionbudgets"]),
        Rule(Read, ["metrics.k8s.io"], ["pods"]),
    ];

    private static JsonObject[] Edit() =>
    [
        Rule(["create", "get"], [""], ["pods/exec"]),
        Rule(["create"], [""], ["pods/eviction", "serviceaccounts/token"]),
        Rule([.. Read, .. Write], [""], ["secrets"]),
        Rule(Write, [""], ["configmaps", "endpoints", "events", "pods", "serviceaccounts", "services"]),
        Rule([.. Read, .. Write], [""], ["pods/proxy", "services/proxy"]),
        Rule(Write, ["apps"], [.. Workloads]),
        Rule(Write, ["autoscaling"], ["horizontalpodautoscalers"]),
        Rule(Write, ["batch"], ["jobs"]),
        Rule([.. Read, .. Write], ["coordination.k8s.io"], ["leases"]),
        Rule(Write, ["networking.k8s.io"], ["networkpolicies"]),
        Rule(Write, ["policy"], ["poddisruptionbudgets"]),
    ];

    private static JsonObject Rule(string[] verbs, string[] groups, string[] resources) => new PolicyRule(verbs, groups, resources, [], []).ToJson();

    private static JsonObject Urls(params string[] urls) =>
        new PolicyRule(urls is ["*"] ? ["*"] : ["get"], [], [], [], urls).ToJson();

    private static void Role(ClusterStore store, string name, params JsonObject[] rules) => store.Create(ResourceTypes.ClusterRoles, new JsonObject
    {
        ["metadata"] = Metadata(name),
        ["rules"] = new JsonArray([.. rules]),
    });

    private static void Bind(ClusterStore store, string role, params string[] groups) => store.Create(ResourceTypes.ClusterRoleBindings, new JsonObject
    {
        ["metadata"] = Metadata(role),
        ["roleRef"] = new JsonObject { ["apiGroup"] = ResourceTypes.ClusterRoles.Group, ["kind"] = ResourceTypes.ClusterRoles.Kind, ["name"] = role },
        ["subjects"] = new JsonArray([.. groups.Select(Group)]),
    });

    private static JsonNode Group(string name) => new JsonObject { ["apiGroup"] = ResourceTypes.ClusterRoles.Group, ["kind"] = "Group", ["name"] = name };

    private static JsonObject Metadata(string name) => new()
    {
        ["name"] = name,
        ["labels"] = new JsonObject { ["kubernetes.io/bootstrapping"] = "rbac-defaults" },
    };
}
