using System.Text.Json.Nodes;
using GameDay.Sandbox.Api.Protobuf;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Rules;

/// <summary>Fields the kind does not have: never stored, and told as <c>fieldValidation</c> asks (Strict, Warn, Ignore).</summary>
internal static class UnknownFields
{
    public static void Drop(ApiCall call, JsonObject item)
    {
        if (ProtobufSchema.Find(ProtobufSchema.MessageOf(call.Type)) is not { } fields)
        {
            return;
        }

        var found = new List<string>();
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
