using System.Text.Json.Nodes;
using GameDay.Sandbox.Api.Tables;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api;

/// <summary>The shape the client asked for in Accept: whole objects, metadata only, or a printed table.</summary>
internal sealed class Presentation(ResourceType type, string shape, string includeObject, TimeProvider clock)
{
    private const string MetaVersion = "meta.k8s.io/v1";
    private bool columnsSent;

    public bool IsWhole => shape.Length == 0;

    public bool IsMetadata => shape == "PartialObjectMetadata";

    public static Presentation Of(ApiCall call, TimeProvider clock) =>
        new(call.Type, ShapeOf(call.Http.Request.Headers.Accept.ToString()), call.Option("includeObject") ?? "Metadata", clock);

    public JsonObject One(JsonObject item) => shape switch
    {
        "Table" => Table([item], new JsonObject { ["resourceVersion"] = item.ResourceVersion() }),
        "PartialObjectMetadata" => Partial(item),
        _ => item,
    };

    public JsonObject Many(IEnumerable<JsonObject> items, JsonObject metadata) => shape switch
    {
        "Table" => Table(items, metadata),
        "PartialObjectMetadata" => Listed("PartialObjectMetadataList", MetaVersion, items.Select(Partial), metadata),
        _ => Listed(type.ListKind, type.ApiVersion, items, metadata),
    };

    private static string ShapeOf(string accept)
    {
        foreach (var part in accept.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var options = part.Split(';', StringSplitOptions.TrimEntries);
            switch (Array.Find(options, option => option.StartsWith("as=", StringComparison.Ordinal)))
            {
                case "as=Table":
                    return "Table";
                case "as=PartialObjectMetadata" or "as=PartialObjectMetadataList":
                    return "PartialObjectMetadata";
                case null:
                    return "";
                default:
                    continue;
            }
        }

        return "";
    }

    private static JsonObject Listed(string kind, string apiVersion, IEnumerable<JsonObject> items, JsonObject metadata) => new()
    {
        ["kind"] = kind,
        ["apiVersion"] = apiVersion,
        ["metadata"] = metadata,
        ["items"] = new JsonArray([.. items]),
    };

    private static JsonObject Partial(JsonObject item) => new()
    {
        ["kind"] = "PartialObjectMetadata",
        ["apiVersion"] = MetaVersion,
        ["metadata"] = item["metadata"]?.DeepClone(),
    };

    private JsonObject Table(IEnumerable<JsonObject> items, JsonObject metadata)
    {
        var table = TablePrinters.For(type);
        var now = clock.GetUtcNow();
        var columns = columnsSent ? [] : table.Columns.Select(column => column.ToJson()).ToArray<JsonNode>();
        columnsSent = true;
        return new JsonObject
        {
            ["kind"] = "Table",
            ["apiVersion"] = MetaVersion,
            ["metadata"] = metadata,
            ["columnDefinitions"] = new JsonArray(columns),
            ["rows"] = new JsonArray([.. items.Select(item => Row(table, item, now))]),
        };
    }

    private JsonObject Row(TablePrinter table, JsonObject item, DateTimeOffset now)
    {
        var row = new JsonObject { ["cells"] = new JsonArray([.. table.Cells(item, now)]) };
        row.Put("object", includeObject switch { "None" => null, "Object" => item, _ => Partial(item) });
        return row;
    }
}
