using GameDay.Web.Reports.Content;
using GameDay.Web.Reports.Pdf.Format;

namespace GameDay.Web.Reports.Pdf;

/// <summary>Moments of each run as dots on one axis.</summary>
internal static class PdfMoments
{
    // Rows are a little further apart than the drawing's proportions: the words keep their size.
    private const double Scale = PdfPaper.Width / MomentDrawing.Width, Lift = 18, Apart = 1.25;

    private static readonly (MomentKind Kind, string Words)[] Legends =
        [(MomentKind.Detected, "Detected"), (MomentKind.Acknowledged, "Acknowledged"), (MomentKind.Mitigated, "Mitigated"), (MomentKind.Reverted, "Reverted, proved"), (MomentKind.Recovered, "Recovered")];

    public static void Draw(PdfPaper paper, MomentPicture picture)
    {
        // As many runs as a page holds; a day of eight fits.
        foreach (var rows in picture.Rows.Chunk(12))
        {
            var d = MomentDrawing.Of(new MomentPicture(rows));
            paper.Need(Y(d.Height) + Lift + 10);
            Legend(paper);
            var top = paper.Y + Lift;
            foreach (var (x, words) in d.Ticks)
            {
                paper.Pen.Line(PdfLook.Grid, X(x), top, X(x), top + Y(d.Height - 24));
                paper.Pen.Text(words, PdfLook.Tiny, PdfLook.Quiet, X(x), top + Y(d.Height - 20), Align.Middle);
            }
            foreach (var lane in d.Lanes) Lane(paper, lane, top);
            paper.Y = top + Y(d.Height) + 8;
        }
    }

    private static void Lane(PdfPaper paper, MomentDrawing.Lane lane, double top)
    {
        var y = top + Y(lane.Y);
        paper.Pen.Text(paper.Wrap(lane.Name, PdfLook.MetaBold, X(MomentDrawing.Left) - PdfPaper.Left - 6)[0], PdfLook.MetaBold, PdfLook.Ink, PdfPaper.Left, y - 5);
        var from = X(MomentDrawing.Left);
        paper.Pen.Rectangle(null, PdfLook.Fault, from, y - 6, Math.Max(1, X(lane.FaultEnd ?? MomentDrawing.Right) - from), 12);
        paper.Pen.Line(PdfLook.FaultEdge, from, y - 6, from, y + 6);
        foreach (var dot in lane.Dots)
        {
            Dot(paper.Pen, dot.Kind, X(dot.X), y);
            paper.Pen.Text(dot.Words, PdfLook.Tiny, PdfLook.Quiet, X(dot.X), dot.Above ? y - 15 : y + 7, Align.Middle);
        }
    }

    private static void Legend(PdfPaper paper)
    {
        var x = PdfPaper.Left + 4;
        foreach (var (kind, words) in Legends)
        {
            Dot(paper.Pen, kind, x, paper.Y + 5);
            paper.Pen.Text(words, PdfLook.Meta, PdfLook.Second, x + 8, paper.Y);
            x += paper.Measure(words, PdfLook.Meta) + 26;
        }
        paper.Pen.Rectangle(null, PdfLook.Fault, x - 3, paper.Y, 10, 10);
        paper.Pen.Text("Fault in place", PdfLook.Meta, PdfLook.Second, x + 12, paper.Y);
    }

    private static void Dot(Canvas pen, MomentKind kind, double x, double y)
    {
        switch (kind)
        {
            case MomentKind.Detected: pen.Circle(null, PdfLook.Ink, x, y, 3.5); break;
            case MomentKind.Acknowledged: pen.Circle(PdfLook.InkMark, PdfLook.White, x, y, 3.1); break;
            case MomentKind.Mitigated: pen.Rectangle(PdfLook.InkMark, PdfLook.White, x - 3, y - 3, 6, 6); break;
            default: pen.Polygon(PdfLook.ProvedEdge, kind == MomentKind.Recovered ? PdfLook.ProvedMark : PdfLook.White, [(x, y - 4), (x + 4, y), (x, y + 4), (x - 4, y)]); break;
        }
    }

    private static double X(double x) => PdfPaper.Left + (x * Scale);

    private static double Y(double y) => y * Scale * Apart;
}
