using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Network;

/// <summary>
/// A LabelSelector as NetworkPolicies and Services write it: all requirements must hold; an empty one matches everything.
/// Read once, because JSON nodes are not safe to read from many connections at a time.
/// </summary>
public sealed class PeerSelector
{
    private readonly List<Func<IReadOnlyDictionary<string, string>, bool>> _requirements = [];

    /// <summary>Reads <c>{matchLabels, matchExpressions}</c>.</summary>
    public static PeerSelector From(JsonNode? selector)
    {
        var read = Equal(selector.At("matchLabels"));
        foreach (var expression in selector.Items("matchExpressions"))
        {
            read._requirements.Add(Requirement(expression));
        }

        return read;
    }

    /// <summary>Reads a plain map of labels, as a Service's selector is.</summary>
    public static PeerSelector Equal(JsonNode? labels)
    {
        var read = new PeerSelector();
        foreach (var (key, value) in labels.Map())
        {
            read._requirements.Add(has => has.TryGetValue(key, out var own) && own == value);
        }

        return read;
    }

    public bool Matches(IReadOnlyDictionary<string, string> labels) => _requirements.TrueForAll(holds => holds(labels));

    private static Func<IReadOnlyDictionary<string, string>, bool> Requirement(JsonObject expression)
    {
        var key = expression.Text("key") ?? "";
        var values = expression.Texts("values").ToHashSet(StringComparer.Ordinal);
        return expression.Text("operator") switch
        {
            "In" => has => has.TryGetValue(key, out var own) && values.Contains(own),
            "NotIn" => has => !has.TryGetValue(key, out var own) || !values.Contains(own),
            "Exists" => has => has.ContainsKey(key),
            "DoesNotExist" => has => !has.ContainsKey(key),
            _ => _ => false,
        };
    }
}
