using System.Text.Json;
using System.Text.Json.Nodes;
using GameDay.Sandbox.Api.Protobuf;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Rules;

/// <summary>
/// Fields the kind does not have: never stored, and told as <c>fieldValidation</c> asks (Strict, Warn, Ignore). Numbers and flags
/// that are something else are refused.
/// </summary>
internal static class UnknownFields
{
    public static void Drop(ApiCall call, JsonObject item)
    {
        if (ProtobufSchema.Find(ProtobufSchema.MessageOf(call.Type)) is not { } fields)
        {
            return;
        }

        var found = new List<string>();
        if (Mistyped(item, fields, call.Type.Kind, "") is { } wrong)
        {
            throw call.Method == "PATCH"
                ? ApiException.Invalid(call.Type, call.Name, InvalidField.Invalid("patch", item.ToJsonString(), wrong))
                : ApiException.BadRequest($"{call.Type.Kind} in version \"{call.Type.Version}\" cannot be handled as a {call.Type.Kind}: {wrong}");
        }

        Walk(item, fields, "", found, top: true);
        if (found.Count == 0)
        {
            return;
        }

        switch (call.Option("fieldValidation"))
        {
            case "Strict":
                throw Refusal(call, string.Join(", ", found.Select(Told)));
            case "Ignore":
                break;
            default:
                call.Http.Response.Headers.Append("Warning", found.Select(field => $"299 - \"{Told(field).Replace("\"", "\\\"", StringComparison.Ordinal)}\"").ToArray());
                break;
        }
    }

    /// <summary>The first number or flag that is none, in the words of Go's decoder.</summary>
    private static string? Mistyped(JsonNode? value, IReadOnlyDictionary<int, ProtobufField> fields, string owner, string path)
    {
        var known = ProtobufSchema.FieldsByName(fields);
        foreach (var (name, inner) in value as JsonObject ?? [])
        {
            if (inner is null || !known.TryGetValue(name, out var field))
            {
                continue;
            }

            var kind = inner.GetValueKind();
            if (!field.IsList && !field.IsMap && (field.Type == "int" && kind != JsonValueKind.Number || field.Type == "bool" && kind is not (JsonValueKind.True or JsonValueKind.False)))
            {
                return $"json: cannot unmarshal {Go(kind)} into Go struct field {owner}.{path}{name} of type {(field.Type == "int" ? "int32" : "bool")}";
            }

            if (ProtobufSchema.Find(field.Element) is { } below)
            {
                var type = field.Element[(field.Element.LastIndexOf('.') + 1)..];
                var objects = inner is JsonArray list ? list.OfType<JsonObject>() : new[] { inner }.OfType<JsonObject>();
                if (objects.Select(one => Mistyped(one, below, type, $"{path}{name}.")).FirstOrDefault(wrong => wrong is not null) is { } wrong)
                {
                    return wrong;
                }
            }
        }

        return null;
    }

    private static string Go(JsonValueKind kind) => kind switch
    {
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "bool",
        JsonValueKind.Array => "array",
        _ => "object",
    };

    private static string Told(string field) => $"unknown field \"{field}\"";

    private static ApiException Refusal(ApiCall call, string all) => call.Method == "PATCH"
        ? ApiException.Invalid(call.Type, call.Name, InvalidField.Invalid("patch", "", $"strict decoding error: {all}"))
        : ApiException.BadRequest($"{call.Type.Kind} in version \"{call.Type.Version}\" cannot be handled as a {call.Type.Kind}: strict decoding error: {all}");

    private static void Walk(JsonObject item, IReadOnlyDictionary<int, ProtobufField> fields, string path, List<string> found, bool top = false)
    {
        var known = ProtobufSchema.FieldsByName(fields);
        foreach (var (name, value) in item.ToList())
        {
            if (known.TryGetValue(name, out var field))
            {
                Below(value, field, path + name, found);
            }
            else if (!(top && name is "apiVersion" or "kind"))
            {
                found.Add(path + name);
                item.Remove(name);
            }
        }
    }

    private static void Below(JsonNode? value, ProtobufField field, string path, List<string> found)
    {
        if (ProtobufSchema.Find(field.Element) is not { } fields)
        {
            return;
        }

        switch (value)
        {
            case JsonObject one:
                Walk(one, fields, path + ".", found);
                break;
            case JsonArray list:
                foreach (var (index, element) in list.OfType<JsonObject>().Index())
                {
                    Walk(element, fields, $"{path}[{index}].", found);
                }

                break;
        }
    }
}
