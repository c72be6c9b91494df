using System.Text.RegularExpressions;

namespace GameDay.Web.Manifests;

/// <summary>Cuts a template into text and actions, with the white space that <c>{{-</c> and <c>-}}</c> take along.</summary>
internal static partial class TemplateLexer
{
    public static IReadOnlyList<(bool IsAction, string Text)> Split(string template, string file)
    {
        var parts = new List<(bool, string)>();
        var (at, trims) = (0, false);
        while (template.IndexOf("{{", at, StringComparison.Ordinal) is var open and >= 0)
        {
            var close = template.IndexOf("}}", open, StringComparison.Ordinal);
            if (close < 0)
                throw new TemplateException($"{file}: an action is not closed: {template[open..Math.Min(template.Length, open + 40)]}");
            var action = template[(open + 2)..close];
            Add(parts, template[at..open], trims, action.StartsWith("- ", StringComparison.Ordinal));
            trims = action.EndsWith(" -", StringComparison.Ordinal);
            var inner = Dashes().Replace(action, "").Trim();
            if (!inner.StartsWith("/*", StringComparison.Ordinal))
                parts.Add((true, inner));
            at = close + 2;
        }

        Add(parts, template[at..], trims, false);
        return parts;
    }

    public static IReadOnlyList<string> Words(string action) => [.. Word().Matches(action).Select(m => m.Value)];

    private static void Add(List<(bool, string)> parts, string text, bool trimStart, bool trimEnd)
    {
        text = trimStart ? text.TrimStart() : text;
        text = trimEnd ? text.TrimEnd() : text;
        if (text.Length > 0)
            parts.Add((false, text));
    }

    [GeneratedRegex(@"^- | -$", RegexOptions.None, 1000)]
    private static partial Regex Dashes();

    [GeneratedRegex("""
        "(?:\\.|[^"\\])*"|`[^`]*`|:=|[|(),=]|[^\s|(),=:"`]+|\S
        """, RegexOptions.None, 1000)]
    private static partial Regex Word();
}
