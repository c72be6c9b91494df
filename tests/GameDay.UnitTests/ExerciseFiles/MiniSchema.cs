using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GameDay.UnitTests.ExerciseFiles;

/// <summary>As much of JSON Schema as the published one uses; a rule it does not know is a failure, so none goes unchecked.</summary>
public static class MiniSchema
{
    public static List<string> Errors(JsonNode? value, JsonNode schema, string at = "$") =>
        [.. schema.AsObject().SelectMany(rule => Rule(value, schema.AsObject(), rule.Key, rule.Value!, at))];

    private static IEnumerable<string> Rule(JsonNode? value, JsonObject schema, string rule, JsonNode by, string at) => rule switch
    {
        "$schema" or "title" or "description" or "format" or "then" => [],
        "type" => Must(IsType(value, (string)by!), $"{at}: not of type {by}"),
        "required" => by.AsArray().Select(n => (string)n!).Where(n => value is JsonObject o && !o.ContainsKey(n)).Select(n => $"{at}: needs {n}"),
        "properties" => value is JsonObject o ? o.Where(p => by[p.Key] is not null).SelectMany(p => Errors(p.Value, by[p.Key]!, $"{at}.{p.Key}")) : [],
        "additionalProperties" => value is JsonObject o ? o.Where(p => schema["properties"]![p.Key] is null).Select(p => $"{at}: {p.Key} is not allowed") : [],
        "enum" => Must(by.AsArray().Any(a => JsonNode.DeepEquals(a, value)), $"{at}: {value} not in {by.ToJsonString()}"),
        "const" => Must(JsonNode.DeepEquals(by, value), $"{at}: {value} is not {by}"),
        "pattern" => Must(!IsType(value, "string") || Regex.IsMatch((string)value!, (string)by!, RegexOptions.NonBacktracking), $"{at}: '{value}' does not match {by}"),
        "minLength" => Must(!IsType(value, "string") || ((string)value!).Length >= (int)by!, $"{at}: too short"),
        "maxLength" => Must(!IsType(value, "string") || ((string)value!).Length <= (int)by!, $"{at}: too long"),
        "minimum" => Must(!IsType(value, "number") || (double)value! >= (double)by!, $"{at}: under {by}"),
        "maximum" => Must(!IsType(value, "number") || (double)value! <= (double)by!, $"{at}: over {by}"),
        "items" => value is JsonArray a ? a.SelectMany((item, i) => Errors(item, by, $"{at}[{i}]")) : [],
        "minItems" => Must(value is not JsonArray a || a.Count >= (int)by!, $"{at}: too few"),
        "maxItems" => Must(value is not JsonArray a || a.Count <= (int)by!, $"{at}: too many"),
        "oneOf" => Must(by.AsArray().Count(s => Errors(value, s!, at).Count == 0) == 1, $"{at}: not exactly one of {by.ToJsonString()}"),
        "anyOf" => Must(by.AsArray().Any(s => Errors(value, s!, at).Count == 0), $"{at}: none of {by.ToJsonString()}"),
        "allOf" => by.AsArray().SelectMany(s => Errors(value, s!, at)),
        "not" => Must(Errors(value, by, at).Count > 0, $"{at}: must not be {by.ToJsonString()}"),
        "if" => Errors(value, by, at).Count == 0 ? Errors(value, schema["then"]!, at) : [],
        _ => [$"{at}: unknown rule {rule}"],
    };

    private static bool IsType(JsonNode? value, string type) => (type, value?.GetValueKind()) switch
    {
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) or ("number", JsonValueKind.Number) => true,
        ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("integer", JsonValueKind.Number) => (double)value! == Math.Floor((double)value!),
        _ => false,
    };

    private static IEnumerable<string> Must(bool holds, string otherwise) => holds ? [] : [otherwise];
}
