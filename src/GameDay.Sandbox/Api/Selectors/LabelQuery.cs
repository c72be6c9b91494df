using System.Text.RegularExpressions;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Selectors;

/// <summary>A label selector as clients write it: <c>app=cart,tier in (a,b),!legacy,size&gt;3</c>.</summary>
internal sealed partial class LabelQuery
{
    private readonly List<Func<IReadOnlyDictionary<string, string>, bool>> requirements = [];

    public bool IsEverything => requirements.Count == 0;

    public bool Matches(IReadOnlyDictionary<string, string> labels) => requirements.TrueForAll(fits => fits(labels));

    public static LabelQuery Parse(string? text)
    {
        var query = new LabelQuery();
        foreach (var part in Split(text ?? ""))
        {
            query.requirements.Add(Requirement(part, text!));
        }

        return query;
    }

    private static IEnumerable<string> Split(string text) =>
        Comma().Split(text).Select(part => part.Trim()).Where(part => part.Length > 0);

    private static Func<IReadOnlyDictionary<string, string>, bool> Requirement(string part, string whole)
    {
        if (SetRequirement().Match(part) is { Success: true } set)
        {
            var values = set.Groups["values"].Value.Split(',', StringSplitOptions.TrimEntries).ToHashSet(StringComparer.Ordinal);
            var key = set.Groups["key"].Value;
            return set.Groups["op"].Value == "in"
                ? labels => labels.TryGetValue(key, out var value) && values.Contains(value)
                : labels => !labels.TryGetValue(key, out var value) || !values.Contains(value);
        }

        if (Comparison().Match(part) is { Success: true } comparison)
        {
            return Compare(comparison.Groups["key"].Value, comparison.Groups["op"].Value, comparison.Groups["value"].Value);
        }

        if (Presence().Match(part) is { Success: true } presence)
        {
            var key = presence.Groups["key"].Value;
            return presence.Groups["not"].Length > 0 ? labels => !labels.ContainsKey(key) : labels => labels.ContainsKey(key);
        }

        throw ApiException.BadRequest($"unable to parse requirement: found '{part}' in \"{whole}\"");
    }

    private static Func<IReadOnlyDictionary<string, string>, bool> Compare(string key, string op, string wanted) => op switch
    {
        "!=" => labels => !labels.TryGetValue(key, out var value) || value != wanted,
        ">" => labels => labels.TryGetValue(key, out var value) && Number(value) > Number(wanted),
        "<" => labels => labels.TryGetValue(key, out var value) && Number(value) < Number(wanted),
        _ => labels => labels.TryGetValue(key, out var value) && value == wanted,
    };

    private static long? Number(string text) => long.TryParse(text, out var number) ? number : null;

    [GeneratedRegex(@",(?![^(]*\))", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Comma();

    [GeneratedRegex(@"^(?<key>[\w./-]+)\s+(?<op>in|notin)\s*\((?<values>[^)]*)\)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SetRequirement();

    [GeneratedRegex(@"^(?<key>[\w./-]+)\s*(?<op>==|!=|=|<|>)\s*(?<value>[\w.-]*)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Comparison();

    [GeneratedRegex(@"^(?<not>!)?\s*(?<key>[\w./-]+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Presence();
}
