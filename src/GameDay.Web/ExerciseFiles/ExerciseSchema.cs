using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using GameDay.Domain.Plugins;
using GameDay.Web.ExerciseFiles.Shapes;

namespace GameDay.Web.ExerciseFiles;

/// <summary>The JSON Schema that editors complete and check exercise files with, made from the same shapes the reader uses.</summary>
public static class ExerciseSchema
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Text of <c>schemas/exercise.schema.json</c>; a test keeps the published file equal to it.</summary>
    public static string Write(IReadOnlyList<FaultKind> kinds)
    {
        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "GameDay exercise",
            ["description"] = "One exercise: what is broken on purpose, where, for how long, what is measured, and what ends it early.",
        };
        foreach (var (key, value) in Of(ExerciseShape.Of(kinds)).ToList()) schema[key] = value?.DeepClone();
        return schema.ToJsonString(Readable) + "\n";
    }

    private static JsonObject Of(Shape shape)
    {
        if (shape.Kinds.Count > 0) return ByKind(shape);
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = new JsonObject(shape.Fields.Select(f => KeyValuePair.Create<string, JsonNode?>(f.Name, Of(f)))),
        };
        if (shape.Fields.Any(f => f.Required)) schema["required"] = Words(shape.Fields.Where(f => f.Required).Select(f => f.Name));
        if (shape.ExactlyOne.Count > 0) schema["oneOf"] = Each(shape.ExactlyOne);
        if (shape.AtLeastOne.Count > 0) schema["anyOf"] = Each(shape.AtLeastOne);
        if (shape.AtMostOne.Count > 0) schema["not"] = new JsonObject { ["anyOf"] = Pairs(shape.AtMostOne) };
        return schema;
    }

    // if/then per kind, not oneOf: an editor then names the wrong setting instead of "matches none".
    private static JsonObject ByKind(Shape shape) => new()
    {
        ["type"] = "object",
        ["required"] = Words(["kind"]),
        ["properties"] = new JsonObject { ["kind"] = Of(shape["kind"]!) },
        ["allOf"] = new JsonArray([.. shape.Kinds.Select(k => (JsonNode)new JsonObject
        {
            ["if"] = new JsonObject { ["properties"] = new JsonObject { ["kind"] = new JsonObject { ["const"] = k.Key } }, ["required"] = Words(["kind"]) },
            ["then"] = Of(k.Value),
        })]),
    };

    private static JsonObject Of(Field field)
    {
        var schema = field.Type switch
        {
            FieldType.Object => Of(field.Shape!),
            FieldType.Objects => Array(field, Of(field.Shape!)),
            FieldType.Texts => Array(field, new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = 200 }),
            FieldType.Number or FieldType.Whole => Number(field),
            FieldType.Flag => new JsonObject { ["type"] = "boolean" },
            FieldType.Choice => new JsonObject { ["enum"] = Words(field.Allowed) },
            FieldType.Duration => new JsonObject { ["type"] = "string", ["pattern"] = @"^(\d+(\.\d+)?h)?(\d+(\.\d+)?m)?(\d+(\.\d+)?s)?(\d+(\.\d+)?ms)?$", ["minLength"] = 2 },
            FieldType.Moment => new JsonObject { ["type"] = "string", ["format"] = "date-time" },
            FieldType.Selector => new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = 1000 },
            _ => Text(field),
        };
        schema["description"] = $"{field.Help} Allowed: {field.Describe()}.{(field.Default is null ? "" : $" Default: {field.Default}.")}";
        return schema;
    }

    private static JsonObject Text(Field field)
    {
        var schema = new JsonObject { ["type"] = "string" };
        if (field.Min is { } min) schema["minLength"] = (int)min;
        if (field.Max is { } max) schema["maxLength"] = (int)max;
        if (field.Form is { } form) schema["pattern"] = form.Pattern;
        return schema;
    }

    private static JsonObject Number(Field field)
    {
        var schema = new JsonObject { ["type"] = field.Type == FieldType.Whole ? "integer" : "number" };
        if (field.Min is { } min) schema["minimum"] = min;
        if (field.Max is { } max) schema["maximum"] = max;
        return schema;
    }

    private static JsonObject Array(Field field, JsonObject items)
    {
        var schema = new JsonObject { ["type"] = "array", ["items"] = items };
        if (field.Min is { } min) schema["minItems"] = (int)min;
        if (field.Max is { } max) schema["maxItems"] = (int)max;
        return schema;
    }

    private static JsonArray Words(IEnumerable<string> words) => new([.. words.Select(w => (JsonNode)w)]);

    private static JsonArray Each(IEnumerable<string> names) => new([.. names.Select(n => (JsonNode)new JsonObject { ["required"] = Words([n]) })]);

    private static JsonArray Pairs(IReadOnlyList<string> names) =>
        new([.. names.SelectMany((a, i) => names.Skip(i + 1).Select(b => (JsonNode)new JsonObject { ["required"] = Words([a, b]) }))]);
}
