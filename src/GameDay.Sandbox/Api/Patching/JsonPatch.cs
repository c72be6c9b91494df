using System.Globalization;
using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Patching;

/// <summary>RFC 6902: add, remove, replace, move, copy, test.</summary>
internal static class JsonPatch
{
    public static void Apply(JsonObject target, JsonArray operations)
    {
        foreach (var operation in operations.OfType<JsonObject>())
        {
            Apply(target, operation);
        }
    }

    private static void Apply(JsonObject target, JsonObject operation)
    {
        var path = Pointer(operation, "path");
        switch (operation.Text("op"))
        {
            case "add":
                Add(target, path, operation["value"]?.DeepClone());
                break;
            case "replace":
                Remove(target, path);
                Add(target, path, operation["value"]?.DeepClone());
                break;
            case "remove":
                Remove(target, path);
                break;
            case "copy":
                Add(target, path, Find(target, Pointer(operation, "from"))?.DeepClone());
                break;
            case "move":
                var moved = Find(target, Pointer(operation, "from"))?.DeepClone();
                Remove(target, Pointer(operation, "from"));
                Add(target, path, moved);
                break;
            case "test" when !JsonNode.DeepEquals(Find(target, path, optional: true), operation["value"]):
                throw Rejected();
            case "test":
                break;
            default:
                throw ApiException.BadRequest($"unexpected patch operation: {operation.Text("op")}");
        }
    }

    private static string[] Pointer(JsonObject operation, string field)
    {
        var text = operation.Text(field) ?? throw ApiException.BadRequest($"a patch operation lacks \"{field}\"");
        return [.. text.Split('/').Skip(1).Select(step => step.Replace("~1", "/").Replace("~0", "~"))];
    }

    private static JsonNode? Find(JsonNode root, ReadOnlySpan<string> path, bool optional = false)
    {
        JsonNode? node = root;
        foreach (var step in path)
        {
            node = node switch
            {
                JsonObject inner when inner.ContainsKey(step) => inner[step],
                JsonArray list when Index(step, list.Count) is { } index && index < list.Count => list[index],
                _ when optional => null,
                _ => throw Rejected(),
            };
        }

        return node;
    }

    private static void Add(JsonObject root, string[] path, JsonNode? value)
    {
        switch (Find(root, path.AsSpan(0, path.Length - 1)))
        {
            case JsonObject inner:
                inner[path[^1]] = value;
                break;
            case JsonArray list when path[^1] == "-":
                list.Add(value);
                break;
            case JsonArray list when Index(path[^1], list.Count) is { } index:
                list.Insert(index, value);
                break;
            default:
                throw Rejected();
        }
    }

    private static void Remove(JsonObject root, string[] path)
    {
        var parent = Find(root, path.AsSpan(0, path.Length - 1));
        if (parent is JsonObject inner && inner.Remove(path[^1]))
        {
            return;
        }

        if (parent is JsonArray list && Index(path[^1], list.Count) is { } index && index < list.Count)
        {
            list.RemoveAt(index);
            return;
        }

        throw Rejected();
    }

    private static int? Index(string step, int count) =>
        int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index <= count ? index : null;

    // A server keeps the why to itself.
    private static ApiException Rejected() => new(422, "Invalid", "the server rejected our request due to an error in our request");
}
