using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Tables;

/// <summary>The printer of each kind; kinds without one of their own print name and age.</summary>
internal static class TablePrinters
{
    private static readonly TablePrinter Plain = new(Columns.Name, Columns.Age);

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
        [ResourceTypes.Leases] = new(Columns.Name, Columns.Text("Holder", item => item.Text("spec", "holderIdentity")), Columns.Age),
        [ResourceTypes.Events] = new(
            new Column("Last Seen", (item, now) => Ages.Since(item.Time("lastTimestamp") ?? item.Time("eventTime"), now)),
            Columns.Text("Type", item => item.Text("type")),
            Columns.Text("Reason", item => item.Text("reason")),
            Columns.Text("Object", item => $"{item.Text("involvedObject", "kind")?.ToLowerInvariant()}/{item.Text("involvedObject", "name")}"),
            Columns.Text("Source", item => item.Text("source", "component"), isWide: true),
            Columns.Text("Message", item => item.Text("message")?.Trim())),
    };

    public static TablePrinter For(ResourceType type) => Printers.GetValueOrDefault(type, Plain);
}
