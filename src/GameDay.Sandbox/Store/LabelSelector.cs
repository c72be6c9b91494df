using System.Text.Json.Nodes;

namespace GameDay.Sandbox.Store;

/// <summary>A selector as objects carry it (<c>matchLabels</c>, <c>matchExpressions</c>) or as services do (a plain map).</summary>
public static class LabelSelector
{
    /// <summary>Whether labels match a <c>metav1.LabelSelector</c>: null matches nothing, empty matches everything.</summary>
    public static bool Matches(JsonNode? selector, IReadOnlyDictionary<string, string> labels) => LabelMatcher.Of(selector).Matches(labels);

    /// <summary>Whether labels hold every pair of a plain map.</summary>
    public static bool MatchesMap(JsonNode? map, IReadOnlyDictionary<string, string> labels) => LabelMatcher.OfMap(map).Matches(labels);
}
