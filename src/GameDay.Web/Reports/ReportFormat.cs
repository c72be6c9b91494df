using GameDay.Web.Reports.Content;
using GameDay.Web.Reports.Html;
using GameDay.Web.Reports.Markdown;
using GameDay.Web.Reports.Pdf;

namespace GameDay.Web.Reports;

public enum ReportFormat { Json, Html, Md, Pdf }

public sealed record ReportFile(string Name, string ContentType, byte[] Bytes);

/// <summary>Writes a report in one of its formats.</summary>
public static class ReportFiles
{
    public static ReportFile Write(ReportDocument report, ReportFormat format) => format switch
    {
        ReportFormat.Json => new("report.json", "application/json", ReportJson.Write(report)),
        ReportFormat.Html => new("report.html", "text/html; charset=utf-8", HtmlReport.Write(ContentWriter.Write(report))),
        ReportFormat.Md => new("report.md", "text/markdown; charset=utf-8", MarkdownReport.Write(ContentWriter.Write(report))),
        ReportFormat.Pdf => new("report.pdf", "application/pdf", PdfReport.Write(ContentWriter.Write(report), report.WrittenAt)),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };

    /// <summary>Null when there is no such ending.</summary>
    public static ReportFormat? Named(string ending) => ending switch { "json" => ReportFormat.Json, "html" => ReportFormat.Html, "md" => ReportFormat.Md, "pdf" => ReportFormat.Pdf, _ => null };
}
