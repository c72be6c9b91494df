using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Tables;

/// <summary>The printer of each kind; kinds without one of their own print name and age.</summary>
internal static class TablePrinters
{
    private static readonly TablePrinter Plain = new(Columns.Name, Columns.Age);

    private static readonly TablePrinter Created = new(Columns.Name, Columns.Text("Created At", item => item.Text("metadata", "creationTimestamp")));

    private static readonly TablePrinter Bindings = new(
        Columns.Name,
        Columns.Text("Role", item => $"{item.Text("roleRef", "kind")}/{item.Text("roleRef", "name")}"),
        Columns.Age,
        Who("Users", "User", subject => subject.Text("name")),
        Who("Groups", "Group", subject => subject.Text("name")),
        Who("ServiceAccounts", "ServiceAccount", subject => $"{subject.Text("namespace")}/{subject.Text("name")}"));

    private static readonly Dictionary<ResourceType, TablePrinter> Printers = new()
    {
        [ResourceTypes.Pods] = PodTable.Printer,
        [ResourceTypes.Nodes] = NodeTable.Printer,
        [ResourceTypes.Deployments] = WorkloadTables.Deployments,
        [ResourceTypes.ReplicaSets] = WorkloadTables.ReplicaSets,
        [ResourceTypes.StatefulSets] = WorkloadTables.StatefulSets,
        [ResourceTypes.PodDisruptionBudgets] = WorkloadTables.Budgets,
        [ResourceTypes.Services] = NetworkTables.Services,
        [ResourceTypes.Endpoints] = NetworkTables.Endpoints,
        [ResourceTypes.EndpointSlices] = NetworkTables.Slices,
        [ResourceTypes.NetworkPolicies] = NetworkTables.Policies,
        [ResourceTypes.Namespaces] = new(Columns.Name, Columns.Text("Status", item => item.Text("status", "phase")), Columns.Age),
        [ResourceTypes.ConfigMaps] = new(Columns.Name, new Column("Data", (item, _) => item.Map("data").Count, Type: "integer"), Columns.Age),
        [ResourceTypes.Secrets] = new(
            Columns.Name,
            Columns.Text("Type", item => item.Text("type")),
            new Column("Data", (item, _) => item.Map("data").Count, Type: "integer"),
            Columns.Age),
        [ResourceTypes.ServiceAccounts] = new(Columns.Name, new Column("Secrets", (item, _) => item.Items("secrets").Count(), Type: "integer"), Columns.Age),
        [ResourceTypes.Roles] = Created,
        [ResourceTypes.ClusterRoles] = Created,
        [ResourceTypes.RoleBindings] = Bindings,
        [ResourceTypes.ClusterRoleBindings] = Bindings,
        [ResourceTypes.DaemonSets] = WorkloadTables.DaemonSets,
        [ResourceTypes.HorizontalPodAutoscalers] = WorkloadTables.Autoscalers,
        [ResourceTypes.Jobs] = WorkloadTables.Jobs,
        [ResourceTypes.Leases] = new(Columns.Name, Columns.Text("Holder", item => item.Text("spec", "holderIdentity")), Columns.Age),
        [ResourceTypes.Events] = new(
            new Column("Last Seen", (item, now) => Ages.Since(item.Time("lastTimestamp") ?? item.Time("eventTime"), now)),
            Columns.Text("Type", item => item.Text("type")),
            Columns.Text("Reason", item => item.Text("reason")),
            Columns.Text("Object", item => $"{item.Text("involvedObject", "kind")?.ToLowerInvariant()}/{item.Text("involvedObject", "name")}"),
            Columns.Text("Source", item => item.Text("source", "component"), isWide: true),
            Columns.Text("Message", item => item.Text("message")?.Trim())),
    };

    private static Column Who(string name, string kind, Func<JsonObject, string?> print) =>
        new(name, (item, _) => string.Join(", ", item.Items("subjects").Where(subject => subject.Text("kind") == kind).Select(print)), IsWide: true);

    public static TablePrinter For(ResourceType type) => Printers.GetValueOrDefault(type, Plain);
}
