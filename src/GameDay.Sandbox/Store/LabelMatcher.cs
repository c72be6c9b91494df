using System.Text.Json.Nodes;

namespace GameDay.Sandbox.Store;

/// <summary>A selector read once, for use on many objects.</summary>
internal sealed class LabelMatcher
{
    private static readonly LabelMatcher Nothing = new() { requirements = [_ => false] };

    private List<Func<IReadOnlyDictionary<string, string>, bool>> requirements = [];

    public bool Matches(IReadOnlyDictionary<string, string> labels)
    {
        foreach (var fits in requirements)
        {
            if (!fits(labels))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A <c>metav1.LabelSelector</c>: null matches nothing, empty matches everything.</summary>
    public static LabelMatcher Of(JsonNode? selector)
    {
        if (selector is not JsonObject chosen)
        {
            return Nothing;
        }

        var matcher = OfMap(chosen["matchLabels"]);
        matcher.requirements.AddRange(chosen.Items("matchExpressions").Select(Expression));
        return matcher;
    }

    /// <summary>A plain map, as services have.</summary>
    public static LabelMatcher OfMap(JsonNode? map) => new() { requirements = [.. map.Map().Select(pair => Equal(pair.Key, pair.Value))] };

    private static Func<IReadOnlyDictionary<string, string>, bool> Equal(string key, string wanted) =>
        labels => labels.TryGetValue(key, out var value) && value == wanted;

    private static Func<IReadOnlyDictionary<string, string>, bool> Expression(JsonObject expression)
    {
        var key = expression.Text("key") ?? "";
        var values = expression.Texts("values").ToHashSet(StringComparer.Ordinal);
        return expression.Text("operator") switch
        {
            "In" => labels => labels.TryGetValue(key, out var value) && values.Contains(value),
            "NotIn" => labels => !labels.TryGetValue(key, out var value) || !values.Contains(value),
            "Exists" => labels => labels.ContainsKey(key),
            "DoesNotExist" => labels => !labels.ContainsKey(key),
            _ => _ => false,
        };
    }
}
