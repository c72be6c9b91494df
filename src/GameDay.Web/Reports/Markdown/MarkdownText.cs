using System.Text;

namespace GameDay.Web.Reports.Markdown;

/// <summary>Puts text into GitHub-flavoured Markdown so that it stays text: no HTML, no links, no mentions, no broken tables.</summary>
internal static class MarkdownText
{
    /// <summary>On one line; line breaks become <c>&lt;br&gt;</c>, the only tag there is.</summary>
    public static string Inline(string text)
    {
        var safe = new StringBuilder(text.Length);
        var start = true;
        foreach (var rune in text.ReplaceLineEndings("\n").Trim('\n').EnumerateRunes())
        {
            Append(safe, rune, start);
            start = rune.Value == '\n';
        }
        return safe.ToString();
    }

    /// <summary>In code marks; a text that holds some gets longer ones around it.</summary>
    public static string Code(string text)
    {
        var line = string.Concat(text.ReplaceLineEndings(" ").Select(c => char.IsControl(c) ? '\ufffd' : c)).Replace("|", "\\|", StringComparison.Ordinal);
        var marks = new string('`', Longest(line, '`') + 1);
        return line.Length == 0 ? "" : line.StartsWith('`') || line.EndsWith('`') ? $"{marks} {line} {marks}" : $"{marks}{line}{marks}";
    }

    private static void Append(StringBuilder safe, Rune rune, bool start)
    {
        switch (rune.Value)
        {
            case '\n': safe.Append("<br>"); break;
            case '&': safe.Append("&amp;"); break;
            case '<': safe.Append("&lt;"); break;
            case '>': safe.Append("&gt;"); break;
            // A zero-width break keeps GitHub from mailing whoever has that name, and from linking addresses.
            case '@': safe.Append("@\u200b"); break;
            case ':' when Ends(safe, "http") || Ends(safe, "https"): safe.Append(":\u200b"); break;
            case '\\' or '`' or '*' or '_' or '[' or ']' or '|' or '~' or '$' or '#': safe.Append('\\').Append(rune); break;
            case '-' or '+' or '=' when start: safe.Append('\\').Append(rune); break;
            case < ' ' or 0x7f: safe.Append(rune.Value == '\t' ? " " : "\ufffd"); break;
            default: safe.Append(rune); break;
        }
    }

    private static bool Ends(StringBuilder text, string with) => text.Length >= with.Length && text.ToString(text.Length - with.Length, with.Length).Equals(with, StringComparison.OrdinalIgnoreCase);

    private static int Longest(string text, char of)
    {
        var (longest, now) = (0, 0);
        foreach (var c in text) longest = Math.Max(longest, now = c == of ? now + 1 : 0);
        return longest;
    }
}
