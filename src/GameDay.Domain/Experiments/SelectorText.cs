using System.Text.RegularExpressions;

namespace GameDay.Domain.Experiments;

/// <summary>Label selectors in kubectl's syntax, checked for form only; the cluster resolves them.</summary>
public static partial class SelectorText
{
    public const string Allowed = "labels as kubectl takes them, e.g. app=cart or 'app in (cart, checkout),tier!=db'";

    private const string Name = @"[A-Za-z0-9](?:[\w.\-/]*[A-Za-z0-9])?";
    private const string One = @" *!?" + Name + @"(?: *(?:==?|!=) *(?:" + Name + @")?| +(?:in|notin) *\([\w.\-, ]+\))? *";

    /// <summary>False for an empty one too: it would match every pod of the namespace.</summary>
    public static bool IsValid(string? text) => text is { Length: > 0 and <= 1000 } && Form().IsMatch(text);

    [GeneratedRegex("^" + One + "(?:," + One + @")*\z", RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
