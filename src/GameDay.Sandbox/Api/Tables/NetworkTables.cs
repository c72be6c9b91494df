using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Tables;

/// <summary>Tables of services, endpoints and policies.</summary>
internal static class NetworkTables
{
    public static TablePrinter Services { get; } = new(
        Columns.Name,
        Columns.Text("Type", item => item.Text("spec", "type")),
        Columns.Text("Cluster-IP", item => item.Text("spec", "clusterIP")),
        Columns.Text("External-IP", _ => null),
        Columns.Text("Port(s)", item => string.Join(',', item.Items("spec", "ports").Select(port => $"{port.Text("port")}/{port.Text("protocol")}"))),
        Columns.Age,
        Columns.Text("Selector", item => string.Join(',', Selectors.Map(item.At("spec", "selector"))), isWide: true));

    public static TablePrinter Endpoints { get; } = new(
        Columns.Name,
        Columns.Text("Endpoints", item => Short([.. item.Items("subsets").SelectMany(Addresses)])),
        Columns.Age);

    public static TablePrinter Slices { get; } = new(
        Columns.Name,
        Columns.Text("AddressType", item => item.Text("addressType")),
        Columns.Text("Ports", item => string.Join(',', item.Items("ports").Select(port => port.Text("port")))),
        Columns.Text("Endpoints", item => Short([.. item.Items("endpoints").SelectMany(endpoint => endpoint.Texts("addresses"))])),
        Columns.Age);

    public static TablePrinter Policies { get; } = new(
        Columns.Name,
        Columns.Text("Pod-Selector", item => Selectors.Print(item.At("spec", "podSelector"))),
        Columns.Age);

    private static IEnumerable<string> Addresses(JsonObject subset) =>
        subset.Items("ports").DefaultIfEmpty([]).SelectMany(port =>
            subset.Items("addresses").Select(address => $"{address.Text("ip")}:{port.Text("port")}"));

    private static string Short(IReadOnlyList<string> all) =>
        all.Count <= 3 ? string.Join(',', all) : $"{string.Join(',', all.Take(3))} + {all.Count - 3} more...";
}
