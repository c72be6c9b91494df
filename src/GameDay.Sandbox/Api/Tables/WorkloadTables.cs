using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Tables;

/// <summary>Tables of what owns pods.</summary>
internal static class WorkloadTables
{
    private static readonly Column Containers = Columns.Text("Containers", item => Of(item, "name"), isWide: true);
    private static readonly Column Images = Columns.Text("Images", item => Of(item, "image"), isWide: true);
    private static readonly Column Selector = Columns.Text("Selector", item => Selectors.Print(item.At("spec", "selector")), isWide: true);

    public static TablePrinter Deployments { get; } = new(
        Columns.Name,
        Columns.Text("Ready", item => $"{item.Number("status", "readyReplicas") ?? 0}/{item.Number("spec", "replicas") ?? 1}"),
        Columns.Number("Up-to-date", "status", "updatedReplicas"),
        Columns.Number("Available", "status", "availableReplicas"),
        Columns.Age,
        Containers,
        Images,
        Selector);

    public static TablePrinter ReplicaSets { get; } = new(
        Columns.Name,
        Columns.Number("Desired", "spec", "replicas"),
        Columns.Number("Current", "status", "replicas"),
        Columns.Number("Ready", "status", "readyReplicas"),
        Columns.Age,
        Containers,
        Images,
        Selector);

    public static TablePrinter StatefulSets { get; } = new(
        Columns.Name,
        Columns.Text("Ready", item => $"{item.Number("status", "readyReplicas") ?? 0}/{item.Number("spec", "replicas") ?? 1}"),
        Columns.Age,
        Containers,
        Images);

    public static TablePrinter DaemonSets { get; } = new(
        Columns.Name,
        Columns.Number("Desired", "status", "desiredNumberScheduled"),
        Columns.Number("Current", "status", "currentNumberScheduled"),
        Columns.Number("Ready", "status", "numberReady"),
        Columns.Number("Up-to-date", "status", "updatedNumberScheduled"),
        Columns.Number("Available", "status", "numberAvailable"),
        Columns.Text("Node Selector", item => string.Join(',', Selectors.Map(item.At("spec", "template", "spec", "nodeSelector")))),
        Columns.Age,
        Containers,
        Images,
        Selector);

    public static TablePrinter Autoscalers { get; } = new(
        Columns.Name,
        Columns.Text("Reference", item => $"{item.Text("spec", "scaleTargetRef", "kind")}/{item.Text("spec", "scaleTargetRef", "name")}"),
        Columns.Text("Targets", _ => "<unknown>"),
        Columns.Text("MinPods", item => item.Text("spec", "minReplicas") ?? "<unset>"),
        Columns.Number("MaxPods", "spec", "maxReplicas"),
        Columns.Number("Replicas", "status", "currentReplicas"),
        Columns.Age);

    public static TablePrinter Jobs { get; } = new(
        Columns.Name,
        Columns.Text("Status", _ => "Running"),
        Columns.Text("Completions", item => $"{item.Number("status", "succeeded") ?? 0}/{item.Number("spec", "completions") ?? 1}"),
        Columns.Text("Duration", _ => ""),
        Columns.Age,
        Containers,
        Images,
        Selector);

    public static TablePrinter Budgets { get; } = new(
        Columns.Name,
        Columns.Text("Min Available", item => item.Text("spec", "minAvailable") ?? "N/A"),
        Columns.Text("Max Unavailable", item => item.Text("spec", "maxUnavailable") ?? "N/A"),
        Columns.Number("Allowed Disruptions", "status", "disruptionsAllowed"),
        Columns.Age);

    private static string Of(JsonObject item, string field) =>
        string.Join(',', item.Items("spec", "template", "spec", "containers").Select(container => container.Text(field)));
}
