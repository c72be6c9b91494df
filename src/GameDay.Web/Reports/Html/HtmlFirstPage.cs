using System.Text;
using GameDay.Web.Reports.Content;

namespace GameDay.Web.Reports.Html;

/// <summary>Page one: a card with the news, a card with the asks.</summary>
internal static class HtmlFirstPage
{
    public static void Write(StringBuilder html, FirstPage first)
    {
        html.Append("<section class=\"exec\" aria-label=\"Summary\">\n<div class=\"card\"><div class=\"body stack\">\n");
        html.Append($"<p class=\"lead\">{Markup.Text(first.Lead)} <strong>{Markup.Text(first.News)}</strong></p>\n<ul class=\"tally\">");
        foreach (var figure in first.Tally) html.Append($"<li class=\"{HtmlBlocks.Class(figure.Tone)}\"><b>{Markup.Text(figure.Value)}</b><span>{(figure.Tone == Tone.Proved ? Markup.Icon("shield") : "")}{Markup.Text(figure.Word)}</span></li>");
        html.Append("</ul>\n");
        Points(html, first.Tried, "plain");
        Points(html, first.Learned, "learn");
        html.Append("</div></div>\n<div class=\"card asks\"><div class=\"body\">");
        Points(html, first.Asks, "plain");
        html.Append("</div></div>\n</section>\n");
    }

    public static void Points(StringBuilder html, Points points, string style)
    {
        html.Append($"<div><h2>{Markup.Text(points.Title)}</h2>");
        if (points.Items.Count == 0) html.Append($"<p class=\"quiet\">{Markup.Text(points.Empty)}</p>");
        else
        {
            html.Append($"<ol class=\"points {style}\">");
            foreach (var item in points.Items)
                html.Append($"<li><div><b>{Markup.Text(item.Head)}</b>{(item.Detail is { Length: > 0 } d ? $"<span class=\"quiet\">{Markup.Text(d)}</span>" : "")}</div>{(item.Mark is { } mark ? HtmlBlocks.Mark(mark) : "")}</li>");
            html.Append("</ol>");
        }
        html.Append("</div>\n");
    }
}
