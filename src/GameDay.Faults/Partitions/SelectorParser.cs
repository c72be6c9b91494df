using System.Text.RegularExpressions;
using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults.Partitions;

/// <summary>kubectl's selector text as requirements, which can be turned into their opposite.</summary>
public static partial class SelectorParser
{
    public static IReadOnlyList<V1LabelSelectorRequirement> Parse(string text) => [.. Parts(text).Select(part => One(part, text))];

    /// <summary>What a pod that does not match says: not (a and b) is not-a or not-b, so each stands alone.</summary>
    public static IReadOnlyList<V1LabelSelectorRequirement> Opposites(string text) => [.. Parse(text).Select(Opposite)];

    private static V1LabelSelectorRequirement Opposite(V1LabelSelectorRequirement requirement) => requirement with
    {
        Operator = requirement.Operator switch { "In" => "NotIn", "NotIn" => "In", "Exists" => "DoesNotExist", _ => "Exists" },
    };

    private static V1LabelSelectorRequirement One(string part, string text)
    {
        var match = Form().Match(part);
        if (!match.Success)
            throw new FaultRefused($"'{part}' in the selector '{text}' is not understood; write app=cart, app!=cart, app in (a,b), app or !app.");
        var key = match.Groups["key"].Value;
        var values = match.Groups["values"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return match.Groups["op"].Value switch
        {
            "=" or "==" => new(key, "In", [match.Groups["value"].Value]),
            "!=" => new(key, "NotIn", [match.Groups["value"].Value]),
            "in" => new(key, "In", values),
            "notin" => new(key, "NotIn", values),
            _ => new(key, match.Groups["not"].Success ? "DoesNotExist" : "Exists"),
        };
    }

    /// <summary>Commas inside parentheses separate values, not requirements.</summary>
    private static IEnumerable<string> Parts(string text)
    {
        var start = 0;
        var depth = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            depth += i == text.Length ? 0 : text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (i < text.Length && (text[i] != ',' || depth > 0))
                continue;
            if (text[start..i].Trim() is { Length: > 0 } part)
                yield return part;
            start = i + 1;
        }
    }

    [GeneratedRegex(@"^(?:(?<not>!)\s*)?(?<key>[A-Za-z0-9][\w./-]*)(?:\s*(?<op>==|=|!=)\s*(?<value>[\w.-]*)|\s+(?<op>in|notin)\s*\((?<values>[^)]*)\))?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
