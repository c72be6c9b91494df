using System.Text.Json.Nodes;

namespace GameDay.Sandbox.Store;

/// <summary>A selector as objects carry it (<c>matchLabels</c>, <c>matchExpressions</c>) or as services do (a plain map).</summary>
public static class LabelSelector
{
    /// <summary>Whether labels match a <c>metav1.LabelSelector</c>: null matches nothing, empty matches everything.</summary>
    public static bool Matches(JsonNode? selector, IReadOnlyDictionary<string, string> labels) =>
        selector is JsonObject chosen
        && MatchesMap(chosen["matchLabels"], labels)
        && chosen.Items("matchExpressions").All(expression => MatchesExpression(expression, labels));

    /// <summary>Whether labels hold every pair of a plain map.</summary>
    public static bool MatchesMap(JsonNode? map, IReadOnlyDictionary<string, string> labels) =>
        map.Map().All(pair => labels.TryGetValue(pair.Key, out var value) && value == pair.Value);

    private static bool MatchesExpression(JsonObject expression, IReadOnlyDictionary<string, string> labels)
    {
        var has = labels.TryGetValue(expression.Text("key") ?? "", out var value);
        var listed = has && expression.Texts("values").Contains(value!, StringComparer.Ordinal);
        return expression.Text("operator") switch
        {
            "In" => listed,
            "NotIn" => !listed,
            "Exists" => has,
            "DoesNotExist" => !has,
            _ => false,
        };
    }
}
