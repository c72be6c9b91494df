using System.Text;

namespace GameDay.Web.Reports.Pdf.Format;

/// <summary>One of the faces every PDF reader brings along: for machines without a font to embed. Latin letters only; the rest becomes a question mark.</summary>
internal sealed class StandardFace(string name, int[]? widths) : IFace
{
    private const int Typical = 556, Fixed = 600;

    private static readonly int[] Helvetica =
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];

    private static readonly int[] HelveticaBold =
    [
        278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611,
        975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556,
        333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
    ];

    public static IFace Regular => new StandardFace("Helvetica", Helvetica);
    public static IFace Bold => new StandardFace("Helvetica-Bold", HelveticaBold);
    public static IFace Mono => new StandardFace("Courier", widths: null);

    public double Width(string text) => Latin(text).Sum(c => widths is null ? Fixed : c is >= ' ' and <= '~' ? widths[c - ' '] : Typical);

    public string Spell(string text) => $"<{Convert.ToHexString(Encoding.Latin1.GetBytes(Latin(text)))}>";

    public int Write(Objects file) => file.Add($"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>");

    private static string Latin(string text)
    {
        var latin = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            latin.Append(rune.Value switch { '–' or '−' => '-', '…' => '.', '’' => '\'', '\u00a0' => ' ', >= ' ' and <= '~' or >= 0xa1 and <= 0xff => (char)rune.Value, _ => '?' });
        return latin.ToString();
    }
}
