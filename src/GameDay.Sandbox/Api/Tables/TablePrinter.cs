using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Tables;

/// <summary>A column of <c>kubectl get</c>. Wide ones show with <c>-o wide</c> only.</summary>
internal sealed record Column(string Name, Func<JsonObject, DateTimeOffset, JsonNode?> Value, bool IsWide = false, string Type = "string")
{
    public JsonNode ToJson() => new JsonObject
    {
        ["name"] = Name,
        ["type"] = Type,
        ["format"] = Name == "Name" ? "name" : "",
        ["description"] = Name,
        ["priority"] = IsWide ? 1 : 0,
    };
}

/// <summary>How one kind of object prints.</summary>
internal sealed record TablePrinter(params IReadOnlyList<Column> Columns)
{
    public IEnumerable<JsonNode?> Cells(JsonObject item, DateTimeOffset now) => Columns.Select(column => column.Value(item, now));
}

/// <summary>The columns that many kinds share.</summary>
internal static class Columns
{
    public static Column Name { get; } = Text("Name", item => item.Name());

    public static Column Age { get; } = new("Age", (item, now) => Ages.Since(item.Time("metadata", "creationTimestamp"), now));

    public static Column Text(string name, Func<JsonObject, string?> value, bool isWide = false) =>
        new(name, (item, _) => value(item) is { Length: > 0 } text ? text : "<none>", isWide);

    public static Column Number(string name, params string[] path) =>
        new(name, (item, _) => item.Number(path) ?? 0, Type: "integer");
}
