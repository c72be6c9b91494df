using System.Text.Json.Nodes;
using GameDay.Sandbox.Api.Protobuf;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Discovery;

/// <summary>The kinds as OpenAPI schemas, made from the wire schema: the same fields and types, in the order of their names.</summary>
internal static class OpenApiSchemas
{
    /// <param name="at">Where schemas are in the document: <c>#/components/schemas/</c> or <c>#/definitions/</c>.</param>
    public static JsonObject Of(IEnumerable<ResourceType> types, string at)
    {
        var schemas = new JsonObject();
        foreach (var type in types)
        {
            var message = ProtobufSchema.MessageOf(type);
            Add(schemas, message, at);
            var schema = schemas[NameOf(message)]!.AsObject();
            schema["x-kubernetes-group-version-kind"] = new JsonArray(new JsonObject { ["group"] = type.Group, ["version"] = type.Version, ["kind"] = type.Kind });
        }

        return schemas;
    }

    private static string NameOf(string message) =>
        message.StartsWith("meta.", StringComparison.Ordinal) ? $"io.k8s.apimachinery.pkg.apis.{message}" : $"io.k8s.api.{message}";

    private static void Add(JsonObject schemas, string message, string at)
    {
        if (schemas.ContainsKey(NameOf(message)))
        {
            return;
        }

        var fields = new SortedDictionary<string, JsonNode?>(StringComparer.Ordinal);
        var below = new List<string>();
        schemas[NameOf(message)] = null;
        Collect(message, fields, below, at);
        schemas[NameOf(message)] = Described(new JsonObject { ["type"] = "object", ["properties"] = new JsonObject(fields) }, FieldWords.Of(message));
        foreach (var other in below)
        {
            Add(schemas, other, at);
        }
    }

    private static void Collect(string message, SortedDictionary<string, JsonNode?> fields, List<string> below, string at)
    {
        foreach (var field in (ProtobufSchema.Find(message) ?? throw new InvalidDataException($"{message} is not in the schema")).Values)
        {
            if (field.IsInline)
            {
                Collect(field.Element, fields, below, at);
                continue;
            }

            if (ProtobufSchema.Find(field.Element) is not null)
            {
                below.Add(field.Element);
            }

            fields[field.Name] = Described(Property(field, at), FieldWords.Of(message.Replace("EphemeralContainerCommon", "Container", StringComparison.Ordinal), field.Name));
        }

        if (fields.ContainsKey("metadata"))
        {
            fields["apiVersion"] = Described(Text(), FieldWords.Of(message, "apiVersion"));
            fields["kind"] = Described(Text(), FieldWords.Of(message, "kind"));
        }
    }

    private static JsonObject Property(ProtobufField field, string at)
    {
        var element = Element(field.Element, at);
        return field.IsList ? new JsonObject { ["type"] = "array", ["items"] = element }
            : field.IsMap ? new JsonObject { ["type"] = "object", ["additionalProperties"] = element }
            : element;
    }

    private static JsonObject Element(string type, string at) => type switch
    {
        "string" or "quantity" => Text(),
        "int" => new JsonObject { ["type"] = "integer" },
        "double" => new JsonObject { ["type"] = "number" },
        "bool" => new JsonObject { ["type"] = "boolean" },
        "time" or "microtime" => new JsonObject { ["type"] = "string", ["format"] = "date-time" },
        "bytes" => new JsonObject { ["type"] = "string", ["format"] = "byte" },
        "intOrString" => new JsonObject { ["type"] = "string", ["format"] = "int-or-string" },
        "strings" => new JsonObject { ["type"] = "array", ["items"] = Text() },
        "raw" => new JsonObject { ["type"] = "object" },
        var message => new JsonObject { ["allOf"] = new JsonArray(new JsonObject { ["$ref"] = at + NameOf(message) }) },
    };

    private static JsonObject Text() => new() { ["type"] = "string" };

    private static JsonObject Described(JsonObject schema, string? words)
    {
        schema.Put("description", words);
        return schema;
    }
}
