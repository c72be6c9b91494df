using GameDay.Domain.Plugins;

namespace GameDay.Web.Components.Parts;

/// <summary>Named readings on one line, the same on page and paper.</summary>
public static class FactWords
{
    private const int Longest = 80;

    // The time stands beside it, and the summary says what the state means.
    private static readonly string[] SaidAlready = ["at", "state"];

    public static string Of(Evidence evidence) => string.Join(" · ", evidence.Facts.Where(f => f.Value.Length > 0 && !SaidAlready.Contains(f.Key)).OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key} {Short(f.Value)}"));

    private static string Short(string value) => value.ReplaceLineEndings(" ") is { Length: > Longest } line ? line[..(Longest - 1)] + "…" : value.ReplaceLineEndings(" ");
}
