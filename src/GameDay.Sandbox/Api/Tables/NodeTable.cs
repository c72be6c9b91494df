using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Tables;

/// <summary>NAME STATUS ROLES AGE VERSION, and wide: addresses and system.</summary>
internal static class NodeTable
{
    private const string RolePrefix = "node-role.kubernetes.io/";

    public static TablePrinter Printer { get; } = new(
        Columns.Name,
        Columns.Text("Status", Status),
        Columns.Text("Roles", Roles),
        Columns.Age,
        Columns.Text("Version", node => node.Text("status", "nodeInfo", "kubeletVersion")),
        Columns.Text("Internal-IP", node => Address(node, "InternalIP"), isWide: true),
        Columns.Text("External-IP", node => Address(node, "ExternalIP"), isWide: true),
        Columns.Text("OS-Image", node => node.Text("status", "nodeInfo", "osImage"), isWide: true),
        Columns.Text("Kernel-Version", node => node.Text("status", "nodeInfo", "kernelVersion"), isWide: true),
        Columns.Text("Container-Runtime", node => node.Text("status", "nodeInfo", "containerRuntimeVersion"), isWide: true));

    private static string Status(JsonObject node)
    {
        var ready = node.Items("status", "conditions").FirstOrDefault(condition => condition.Text("type") == "Ready")?.Text("status");
        var status = ready switch { "True" => "Ready", null => "Unknown", _ => "NotReady" };
        return node.IsTrue("spec", "unschedulable") ? status + ",SchedulingDisabled" : status;
    }

    private static string Roles(JsonObject node) =>
        string.Join(',', node.Labels().Keys.Where(key => key.StartsWith(RolePrefix, StringComparison.Ordinal)).Select(key => key[RolePrefix.Length..]));

    private static string? Address(JsonObject node, string type) =>
        node.Items("status", "addresses").FirstOrDefault(address => address.Text("type") == type)?.Text("address");
}
