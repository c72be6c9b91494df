using System.Globalization;
using System.Net;
using System.Text;

namespace GameDay.Web.Reports.Html;

/// <summary>Puts text into HTML so that it stays text, and HTML so that it is well-formed XML too.</summary>
internal static class Markup
{
    /// <summary>Encoded, without characters that HTML forbids; line breaks become <c>br</c>.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(Clean(text)).Replace("\n", "<br/>", StringComparison.Ordinal);

    /// <summary>For a value between double quotes.</summary>
    public static string Value(string text) => WebUtility.HtmlEncode(Clean(text).Replace('\n', ' '));

    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    public static string Icon(string name) => $"<svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-{name}\"/></svg>";

    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            var bad = rune.Value < ' ' && rune.Value is not '\n' and not '\t' || rune.Value is >= 0x7f and < 0xa0 or 0xfffe or 0xffff;
            clean.Append(bad ? "\ufffd" : rune.ToString());
        }
        return clean.ToString();
    }
}
