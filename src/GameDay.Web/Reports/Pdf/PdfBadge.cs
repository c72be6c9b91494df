using GameDay.Web.Reports.Content;

namespace GameDay.Web.Reports.Pdf;

/// <summary>Verdicts, chips and priorities: a word in a frame, told apart by shape and weight.</summary>
internal static class PdfBadge
{
    public const double Height = 14;
    private const double Air = 5;

    public static bool Is(Cell cell) => cell.Text.Length > 0 && PdfLook.FrameOf(cell.Tone) is not null;

    public static double Width(PdfPaper paper, Cell cell) => paper.Measure(cell.Text, PdfLook.MetaBold) + 2 * Air;

    public static void Draw(PdfPaper paper, Cell cell, double x, double y)
    {
        var (_, fill) = PdfLook.Of(cell.Tone);
        var width = Width(paper, cell);
        if (PdfLook.FrameOf(cell.Tone) is { } frame) paper.Pen.Rounded(frame, x, y, width, Height, 3);
        if (cell.Tone == Tone.Aborted) paper.Pen.Rounded(PdfLook.Frame, x + 1.8, y + 1.8, width - 3.6, Height - 3.6, 2);
        paper.Pen.Text(cell.Text, PdfLook.MetaBold, fill, x + Air, y + 2.7);
    }
}
