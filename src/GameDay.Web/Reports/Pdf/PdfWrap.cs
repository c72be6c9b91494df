using System.Globalization;
using System.Text;

namespace GameDay.Web.Reports.Pdf;

/// <summary>Breaks text into lines: at blanks, and inside a word only when it is wider than the line.</summary>
internal static class PdfWrap
{
    public static IReadOnlyList<string> Lines(string text, double width, Func<string, double> measure)
    {
        var lines = new List<string>();
        foreach (var paragraph in Clean(text).Split('\n')) Paragraph(paragraph, width, measure, lines);
        return lines;
    }

    private static void Paragraph(string text, double width, Func<string, double> measure, List<string> lines)
    {
        var line = new StringBuilder();
        var used = 0.0;
        var blank = measure(" ");
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(w => Pieces(w, width, measure)))
        {
            var wide = measure(word);
            if (line.Length > 0 && used + blank + wide > width) { lines.Add(line.ToString()); line.Clear(); used = 0; }
            if (line.Length > 0) { line.Append(' '); used += blank; }
            line.Append(word);
            used += wide;
        }
        lines.Add(line.ToString());
    }

    private static IEnumerable<string> Pieces(string word, double width, Func<string, double> measure)
    {
        if (measure(word) <= width) { yield return word; yield break; }
        var piece = "";
        var elements = StringInfo.GetTextElementEnumerator(word);
        while (elements.MoveNext())
        {
            var element = elements.GetTextElement();
            if (piece.Length > 0 && measure(piece + element) > width)
            {
                var end = Joint(piece);
                yield return piece[..end];
                piece = piece[end..];
            }
            piece += element;
        }
        yield return piece;
    }

    /// <summary>Behind the last hyphen or slash, unless that leaves the line half empty.</summary>
    private static int Joint(string piece) => piece.LastIndexOfAny(['-', '/', '.', '_', ',', ':']) + 1 is var end && end > piece.Length / 2 ? end : piece.Length;

    // Characters that steer a terminal or a line have no glyph; zero-width ones and the marks that turn the direction neither.
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (rune.Value == '\n') clean.Append('\n');
            else if (rune.Value == '\t') clean.Append(' ');
            else if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control) clean.Append('\ufffd');
            else if (Rune.GetUnicodeCategory(rune) is not UnicodeCategory.Format) clean.Append(rune);
        }
        return clean.ToString();
    }
}
