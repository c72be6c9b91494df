using System.Globalization;
using GameDay.Web.Components.Charts;
using GameDay.Web.Reports.Content;
using GameDay.Web.Reports.Pdf.Format;
using static GameDay.Web.Components.Charts.ProbeDrawing;

namespace GameDay.Web.Reports.Pdf;

/// <summary>Probe charts, two side by side; the same drawing as on the run board.</summary>
internal sealed class PdfChart(PdfPaper paper, double left, double top)
{
    private const double Each = (PdfPaper.Width - 20) / 2, Scale = Each / (ProbeDrawing.Width + ChartRoom.ForWords), Head = 32;

    public static void Draw(PdfPaper paper, IReadOnlyList<ProbePicture> probes)
    {
        foreach (var pair in probes.Chunk(2))
        {
            var words = pair.Max(p => paper.Wrap(p.Reading, PdfLook.Meta, Each).Count) * PdfPaper.LineHeight(PdfLook.Meta);
            var height = Head + (Height * Scale) + words + 12;
            paper.Need(height);
            for (var i = 0; i < pair.Length; i++) One(paper, pair[i], PdfPaper.Left + (i * (Each + 20)));
            paper.Y += height;
        }
    }

    private static void One(PdfPaper paper, ProbePicture probe, double x)
    {
        paper.Pen.Text(paper.Wrap(probe.Question, PdfLook.Strong, Each)[0], PdfLook.Strong, PdfLook.Ink, x, paper.Y);
        PdfBadge.Draw(paper, probe.State, x, paper.Y + 14);
        var chart = new PdfChart(paper, x, paper.Y + Head);
        var drawing = Of(probe.Series);
        chart.Ground(drawing);
        chart.Curves(drawing);
        chart.Words(drawing);
        var y = paper.Y + Head + (Height * Scale) + 2;
        foreach (var line in paper.Wrap(probe.Reading, PdfLook.Meta, Each))
        {
            paper.Pen.Text(line, PdfLook.Meta, PdfLook.Quiet, x, y);
            y += PdfPaper.LineHeight(PdfLook.Meta);
        }
    }

    private void Ground(ProbeDrawing d)
    {
        paper.Pen.Rectangle(null, PdfLook.Band, X(ProbeDrawing.Left), Y(d.Band.Y), (Right - ProbeDrawing.Left) * Scale, d.Band.Height * Scale);
        foreach (var line in d.Grid) Across(PdfLook.Grid, line.At);
        if (d.Fault is { } fault)
        {
            paper.Pen.Rectangle(null, PdfLook.Fault, X(fault.X), Y(ProbeDrawing.Top), fault.Width * Scale, (ProbeDrawing.Bottom - ProbeDrawing.Top) * Scale);
            paper.Pen.Line(PdfLook.FaultEdge, X(fault.X), Y(ProbeDrawing.Top), X(fault.X), Y(ProbeDrawing.Bottom));
        }
        foreach (var edge in d.Edges) Across(PdfLook.Edge, edge.At);
        foreach (var limit in d.Aborts) Across(PdfLook.Abort, limit.At);
    }

    private void Curves(ProbeDrawing d)
    {
        foreach (var line in d.Lines.Select(Points).Where(p => p.Count > 1)) paper.Pen.Polyline(PdfLook.Curve, line);
        foreach (var line in d.Outside.Select(Points))
        {
            if (line.Count > 1) paper.Pen.Polyline(PdfLook.Out, line);
            else if (line.Count == 1) paper.Pen.Circle(null, PdfLook.AttentionMark, line[0].X, line[0].Y, 1.8);
        }
    }

    private void Words(ProbeDrawing d)
    {
        foreach (var line in d.Grid) paper.Pen.Text(line.Words, PdfLook.Tiny, PdfLook.Quiet, X(40), Y(line.At) - 3.5, Align.End);
        if (d.Fault is { } fault) paper.Pen.Text(fault.Label, PdfLook.TinyBold, PdfLook.Live, X(Math.Min(fault.X, 220)), Y(6));
        foreach (var edge in d.Edges) paper.Pen.Text(edge.Words, PdfLook.Tiny, PdfLook.Quiet, X(52), Y(edge.Text) - 6);
        foreach (var limit in d.Aborts) paper.Pen.Text(limit.Words, PdfLook.TinyBold, PdfLook.Live, X(52), Y(limit.Text) - 6);
        foreach (var tick in ChartRoom.Apart(d.Ticks)) paper.Pen.Text(tick.Words, PdfLook.Tiny, PdfLook.Quiet, X(tick.At), Y(ProbeDrawing.Bottom + 6), tick.Anchor switch { "start" => Align.Start, "end" => Align.End, _ => Align.Middle });
    }

    private void Across(Stroke stroke, double y) => paper.Pen.Line(stroke, X(ProbeDrawing.Left), Y(y), X(Right), Y(y));

    private List<(double X, double Y)> Points(string line) => [.. line.Split(' ').Select(p => p.Split(',')).Select(p => (X(Number(p[0])), Y(Number(p[1]))))];

    private double X(double x) => left + ((x + ChartRoom.ForWords) * Scale);

    private double Y(double y) => top + (y * Scale);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
