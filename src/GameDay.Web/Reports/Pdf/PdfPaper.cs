using GameDay.Web.Reports.Composition;
using GameDay.Web.Reports.Pdf.Format;

namespace GameDay.Web.Reports.Pdf;

/// <summary>A4 pages with a pen that goes down; whoever needs room asks for it, and gets the next page when there is none.</summary>
internal sealed class PdfPaper
{
    public const double Left = 42, Top = 42, Width = 511, Bottom = 792;
    private readonly IReadOnlyDictionary<Face, IFace> _faces;
    private readonly List<Canvas> _pages = [];
    private readonly Dictionary<(Font, string), double> _widths = [];

    public PdfPaper(IReadOnlyDictionary<Face, IFace> faces)
    {
        _faces = faces;
        NewPage();
    }

    public Canvas Pen => _pages[^1];
    public double Y { get; set; }
    public double Room => Bottom - Y;
    public bool IsFresh => Y <= Top;

    public void NewPage()
    {
        _pages.Add(new Canvas(_faces));
        Y = Top;
    }

    public void Need(double height)
    {
        if (height > Room && !IsFresh) NewPage();
    }

    public void Space(double height) => Y += IsFresh ? 0 : height;

    /// <summary>Wrapped over the whole width, or from x as wide as given; continues on the next page.</summary>
    public void Text(string text, Font font, Fill fill, double x = Left, double width = Width)
    {
        var height = LineHeight(font);
        foreach (var line in Wrap(text, font, width))
        {
            Need(height);
            Pen.Text(line, font, fill, x, Y);
            Y += height;
        }
    }

    /// <summary>A hairline over the whole width.</summary>
    public void Rule(double y) => Pen.Line(PdfLook.Line, Left, y, Left + Width, y);

    public double Measure(string text, Font font) => _widths.TryGetValue((font, text), out var width) ? width : _widths[(font, text)] = Pen.Measure(text, font);

    public static double LineHeight(Font font) => Math.Round(font.Size * 1.32, 1);

    public IReadOnlyList<string> Wrap(string text, Font font, double width) => PdfWrap.Lines(text, width, piece => Measure(piece, font));

    /// <summary>Numbers the pages, now that it is known how many there are.</summary>
    public IReadOnlyList<Canvas> Finish(string title)
    {
        var foot = PdfWrap.Lines($"GameDay report: {Phrases.Short(title, 80)}", Width - 60, piece => Measure(piece, PdfLook.Meta))[0];
        for (var i = 0; i < _pages.Count; i++)
        {
            _pages[i].Text(foot, PdfLook.Meta, PdfLook.Quiet, Left, 812);
            _pages[i].Text($"{i + 1} of {_pages.Count}", PdfLook.Meta, PdfLook.Quiet, Left + Width, 812, Align.End);
        }
        return _pages;
    }
}
