using GameDay.Web.Reports.Content;

namespace GameDay.Web.Reports.Pdf;

internal static class PdfSection
{
    public static void Draw(PdfPaper paper, Section section)
    {
        if (section.NewPage && !paper.IsFresh && paper.Room < 560) paper.NewPage();
        paper.Space(16);
        paper.Need(90);
        paper.Text(section.Title, PdfLook.Heading, PdfLook.Ink);
        paper.Text(section.Meta, PdfLook.Meta, PdfLook.Quiet);
        paper.Space(5);
        var probes = section.Blocks.OfType<ProbePicture>().ToList();
        foreach (var block in section.Blocks)
        {
            if (block is not ProbePicture) Block(paper, block);
            else if (ReferenceEquals(block, probes[0])) PdfChart.Draw(paper, probes);
        }
    }

    private static void Block(PdfPaper paper, Block block)
    {
        switch (block)
        {
            case Paragraph p: paper.Text(p.Text, p.Tone == Tone.Strong ? PdfLook.Strong : PdfLook.Body, PdfLook.Ink); paper.Space(6); break;
            case FactList facts: Facts(paper, facts); break;
            case Points points: PdfFirstPage.Points(paper, points); break;
            case Table table: PdfTable.Draw(paper, table); break;
            case MomentPicture moments: PdfMoments.Draw(paper, moments); break;
            default: throw new NotSupportedException(block.GetType().Name);
        }
    }

    private static void Facts(PdfPaper paper, FactList facts)
    {
        const double label = 130;
        foreach (var (name, value) in facts.Items)
        {
            paper.Need(PdfPaper.LineHeight(PdfLook.Body));
            paper.Pen.Text(name, PdfLook.Body, PdfLook.Quiet, PdfPaper.Left, paper.Y);
            paper.Text(value, PdfLook.Body, PdfLook.Ink, PdfPaper.Left + label, PdfPaper.Width - label);
            paper.Space(2);
        }
        paper.Rule(paper.Y + 3);
        paper.Space(10);
    }
}
