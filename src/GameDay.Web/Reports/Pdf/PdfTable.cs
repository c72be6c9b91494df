using GameDay.Web.Reports.Content;
using GameDay.Web.Reports.Pdf.Format;

namespace GameDay.Web.Reports.Pdf;

/// <summary>A table over as many pages as it takes: the head comes again, a row is torn only when it is longer than a page.</summary>
internal static class PdfTable
{
    private const double Gap = 8, Air = 3.5, LineHeight = 11.9;

    private sealed record Line(string Text, Font Font, Fill Fill, Cell? Badge = null);

    public static void Draw(PdfPaper paper, Table table)
    {
        if (table.Rows.Count == 0)
        {
            paper.Text(table.Empty, PdfLook.Body, PdfLook.Second);
            return;
        }
        var widths = Widths(table);
        Head(paper, table, widths);
        foreach (var row in table.Rows) Row(paper, table, widths, [.. row.Select((cell, i) => Lines(paper, cell, widths[i] - Gap))]);
        paper.Space(8);
    }

    private static double[] Widths(Table table)
    {
        var sum = table.Columns.Sum(c => c.Weight);
        return [.. table.Columns.Select(c => c.Weight / sum * PdfPaper.Width)];
    }

    private static void Head(PdfPaper paper, Table table, double[] widths)
    {
        paper.Need(3 * LineHeight);
        var x = PdfPaper.Left;
        for (var i = 0; i < widths.Length; x += widths[i++]) Put(paper, table.Columns[i], new Line(table.Columns[i].Title, PdfLook.MetaBold, PdfLook.Quiet), x, widths[i], paper.Y);
        paper.Y += LineHeight;
        paper.Rule(paper.Y);
    }

    private static void Row(PdfPaper paper, Table table, double[] widths, List<Line>[] cells)
    {
        var lines = cells.Max(c => c.Count);
        if (lines * LineHeight + 2 * Air > paper.Room && lines * LineHeight < PdfPaper.Bottom - PdfPaper.Top - 3 * LineHeight) Again(paper, table, widths);
        paper.Y += Air;
        for (var line = 0; line < lines; line++)
        {
            if (LineHeight > paper.Room) Again(paper, table, widths);
            var x = PdfPaper.Left;
            for (var i = 0; i < cells.Length; x += widths[i++])
                if (line < cells[i].Count) Put(paper, table.Columns[i], cells[i][line], x, widths[i], paper.Y);
            paper.Y += LineHeight;
        }
        paper.Y += Air;
        paper.Rule(paper.Y);
    }

    private static void Again(PdfPaper paper, Table table, double[] widths)
    {
        paper.NewPage();
        Head(paper, table, widths);
    }

    private static void Put(PdfPaper paper, Column column, Line line, double x, double width, double y)
    {
        if (line.Badge is { } badge) PdfBadge.Draw(paper, badge, x, y - 1.5);
        else if (column.IsNumber) paper.Pen.Text(line.Text, line.Font, line.Fill, x + width - Gap, y, Align.End);
        else paper.Pen.Text(line.Text, line.Font, line.Fill, x, y);
    }

    private static List<Line> Lines(PdfPaper paper, Cell cell, double width)
    {
        var (font, fill) = PdfLook.Of(cell.Tone);
        List<Line> lines = PdfBadge.Is(cell) && PdfBadge.Width(paper, cell) <= width + Gap
            ? [new(cell.Text, font, fill, cell)] : [.. paper.Wrap(cell.Text, font, width).Select(text => new Line(text, font, fill))];
        if (cell.Meta is { Length: > 0 } meta) lines.AddRange(paper.Wrap(meta, PdfLook.Meta, width).Select(text => new Line(text, PdfLook.Meta, PdfLook.Quiet)));
        return lines;
    }
}
