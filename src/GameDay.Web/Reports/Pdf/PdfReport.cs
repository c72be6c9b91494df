using GameDay.Web.Reports.Content;
using GameDay.Web.Reports.Pdf.Format;

namespace GameDay.Web.Reports.Pdf;

/// <summary><c>report.pdf</c>: A4, drawn charts, page numbers, text that can be searched.</summary>
public static class PdfReport
{
    public static byte[] Write(ReportContent content, DateTimeOffset writtenAt) => Write(content, writtenAt, FoundFonts.Faces());

    internal static byte[] Write(ReportContent content, DateTimeOffset writtenAt, IReadOnlyDictionary<Face, IFace> faces)
    {
        var paper = new PdfPaper(faces);
        PdfFirstPage.Draw(paper, content);
        foreach (var section in content.Sections) PdfSection.Draw(paper, section);
        paper.Space(8);
        paper.Text(content.Footer, PdfLook.Meta, PdfLook.Quiet);
        return PdfFile.Write(paper.Finish(content.Title), faces, $"Report: {content.Title}", writtenAt);
    }
}
