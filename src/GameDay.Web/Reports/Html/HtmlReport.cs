using System.Text;
using System.Text.RegularExpressions;
using GameDay.Web.Reports.Content;

namespace GameDay.Web.Reports.Html;

/// <summary><c>report.html</c>: one file, no script, nothing loaded from anywhere; light, dark and on paper.</summary>
public static partial class HtmlReport
{
    // Even a mistake in the encoding could not run or load anything.
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'";

    private static readonly Lazy<string> Style = new(() => Comments().Replace(Resource("tokens.css") + Resource("report.css"), ""));
    private static readonly Lazy<string> Icons = new(() => Resource("icons.svg"));

    public static byte[] Write(ReportContent content)
    {
        var html = new StringBuilder();
        html.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
        html.Append($"<meta http-equiv=\"Content-Security-Policy\" content=\"{Policy}\"/>\n<meta name=\"generator\" content=\"GameDay\"/>\n<title>Report: {Markup.Text(content.Title)}</title>\n<style>\n{Style.Value}</style>\n</head>\n<body>\n");
        html.Append(Icons.Value);
        html.Append($"<main>\n<header class=\"head\"><p class=\"meta\">GameDay report</p><h1>{Markup.Text(content.Title)}</h1>\n<p class=\"facts\">{string.Concat(content.Facts.Select((f, i) => i == 0 ? $"<span class=\"chip\">{Markup.Icon("report")}{Markup.Text(f)}</span>" : $"<span>{Markup.Text(f)}</span>"))}</p></header>\n");
        HtmlFirstPage.Write(html, content.First);
        foreach (var section in content.Sections) Section(html, section);
        html.Append($"<footer class=\"meta\">{Markup.Text(content.Footer)}</footer>\n</main>\n</body>\n</html>\n");
        return Encoding.UTF8.GetBytes(html.ToString());
    }

    private static void Section(StringBuilder html, Section section)
    {
        html.Append($"<section class=\"section{(section.NewPage ? " new-page" : "")}\"><header><h2>{Markup.Text(section.Title)}</h2><span class=\"meta\">{Markup.Text(section.Meta)}</span></header>\n");
        var probes = section.Blocks.OfType<ProbePicture>().ToList();
        foreach (var block in section.Blocks)
        {
            if (block is not ProbePicture) HtmlBlocks.Write(html, block);
            else if (ReferenceEquals(block, probes[0])) HtmlBlocks.Probes(html, probes);
        }
        html.Append("</section>\n");
    }

    [GeneratedRegex(@"/\*[^*]*\*+([^/*][^*]*\*+)*/\s*", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Comments();

    private static string Resource(string name)
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream($"GameDay.Report.{name}") ?? throw new InvalidOperationException($"{name} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
