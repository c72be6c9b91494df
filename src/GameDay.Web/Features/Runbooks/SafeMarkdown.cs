using Markdig;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace GameDay.Web.Features.Runbooks;

/// <summary>Markdown as HTML that cannot do anything: no raw HTML, and links only within this site or by http(s) and mail.</summary>
public static class SafeMarkdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseAutoIdentifiers().UseTaskLists().DisableHtml().Build();

    /// <param name="folder">Where the text stands below runbooks/, for relative links.</param>
    public static string ToHtml(string markdown, string folder)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var link in document.Descendants<LinkInline>()) link.Url = link.IsImage ? "" : Safe(link.Url ?? "", folder);
        foreach (var link in document.Descendants<AutolinkInline>().Where(l => !l.IsEmail)) link.Url = Safe(link.Url, folder);
        // Long lines scroll; the keyboard reaches them too.
        foreach (var code in document.Descendants<CodeBlock>()) code.GetAttributes().AddProperty("tabindex", "0");
        return document.ToHtml(Pipeline);
    }

    private static string Safe(string url, string folder)
    {
        if (url.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || url.StartsWith('#')) return url;
        if (url.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)) return url;
        if (url.StartsWith('/') && !url.StartsWith("//", StringComparison.Ordinal)) return url;
        if (url.Contains(':', StringComparison.Ordinal) || url.StartsWith("//", StringComparison.Ordinal)) return "#";
        var path = new Uri(new Uri($"http://here/runbooks/{folder}/"), url).AbsolutePath;
        return path.StartsWith("/runbooks/", StringComparison.Ordinal) ? path : "#";
    }
}
