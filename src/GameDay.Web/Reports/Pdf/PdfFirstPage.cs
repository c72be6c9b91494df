using GameDay.Web.Reports.Content;

namespace GameDay.Web.Reports.Pdf;

/// <summary>Page one stands alone.</summary>
internal static class PdfFirstPage
{
    public static void Draw(PdfPaper paper, ReportContent content)
    {
        paper.Text("GameDay report", PdfLook.Meta, PdfLook.Quiet);
        paper.Text(content.Title, PdfLook.Title, PdfLook.Ink);
        paper.Space(3);
        paper.Text(string.Join("   ·   ", content.Facts), PdfLook.Body, PdfLook.Second);
        Rule(paper, 8);
        paper.Text(content.First.Lead, PdfLook.Lead, PdfLook.Ink);
        paper.Space(3);
        paper.Text(content.First.News, PdfLook.LeadBold, PdfLook.Ink);
        Rule(paper, 10);
        Tally(paper, content.First.Tally);
        Rule(paper, 8);
        Points(paper, content.First.Tried);
        Points(paper, content.First.Learned);
        Points(paper, content.First.Asks);
    }

    public static void Points(PdfPaper paper, Points points)
    {
        paper.Need(44);
        paper.Text(points.Title, PdfLook.Heading, PdfLook.Ink);
        paper.Space(4);
        if (points.Items.Count == 0) paper.Text(points.Empty, PdfLook.Body, PdfLook.Second);
        foreach (var (item, i) in points.Items.Select((item, i) => (item, i)))
        {
            paper.Need(26);
            paper.Pen.Text($"{i + 1}", PdfLook.Strong, PdfLook.Quiet, PdfPaper.Left, paper.Y);
            if (item.Mark is { Text.Length: > 0 } mark) PdfBadge.Draw(paper, mark, PdfPaper.Left + PdfPaper.Width - PdfBadge.Width(paper, mark), paper.Y - 1);
            paper.Text(item.Head, PdfLook.Strong, PdfLook.Ink, PdfPaper.Left + 16, 390);
            if (item.Detail is { Length: > 0 } detail) paper.Text(detail, PdfLook.Body, PdfLook.Second, PdfPaper.Left + 16, 410);
            paper.Space(5);
        }
        paper.Space(10);
    }

    private static void Tally(PdfPaper paper, IReadOnlyList<Figure> tally)
    {
        var x = PdfPaper.Left;
        foreach (var figure in tally)
        {
            var fill = figure.Tone switch { Tone.Proved => PdfLook.Proved, Tone.Live => PdfLook.Live, _ => PdfLook.Second };
            paper.Pen.Text(figure.Value, PdfLook.Big, figure.Tone == Tone.Live ? PdfLook.Live : PdfLook.Ink, x, paper.Y);
            paper.Pen.Text(figure.Word, PdfLook.Body, fill, x, paper.Y + 23);
            x += Math.Max(paper.Measure(figure.Value, PdfLook.Big), paper.Measure(figure.Word, PdfLook.Body)) + 32;
        }
        paper.Y += 36;
    }

    private static void Rule(PdfPaper paper, double air)
    {
        paper.Rule(paper.Y + air);
        paper.Y += 2 * air;
    }
}
