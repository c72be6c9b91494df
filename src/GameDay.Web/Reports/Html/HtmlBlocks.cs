using System.Text;
using GameDay.Web.Reports.Content;

namespace GameDay.Web.Reports.Html;

internal static class HtmlBlocks
{
    public static void Write(StringBuilder html, Block block)
    {
        switch (block)
        {
            case Paragraph p: html.Append($"<p class=\"{(p.Tone == Tone.Strong ? "hypothesis" : Class(p.Tone))}\">{Markup.Text(p.Text)}</p>\n"); break;
            case FactList facts: Facts(html, facts); break;
            case Points points: HtmlFirstPage.Points(html, points, "plain"); break;
            case Table table: Table(html, table); break;
            case MomentPicture moments: html.Append("<div class=\"card\"><div class=\"body wide\" tabindex=\"0\" role=\"group\" aria-label=\"Chart, scrolls sideways\">").Append(SvgMoments.Draw(moments)).Append("</div></div>\n"); break;
            case ProbePicture probe: Probes(html, [probe]); break;
            default: throw new NotSupportedException(block.GetType().Name);
        }
    }

    public static void Probes(StringBuilder html, IReadOnlyList<ProbePicture> probes)
    {
        html.Append("<div class=\"probes\">\n");
        foreach (var p in probes)
            html.Append($"<figure class=\"card probe\"><figcaption><h3>{Markup.Text(p.Question)}</h3>{Mark(p.State)}</figcaption><div class=\"body\">{SvgChart.Draw(p.Series)}<p class=\"meta\">{Markup.Text(p.Reading)}</p></div></figure>\n");
        html.Append("</div>\n");
    }

    /// <summary>A chip or a verdict: always its word, an icon where it has a colour or a shape of its own.</summary>
    public static string Mark(Cell cell) => cell.Tone switch
    {
        Tone.Held => $"<span class=\"verdict\">{Markup.Icon("check-circle")}{Markup.Text(cell.Text)}</span>",
        Tone.NotHeld => $"<span class=\"verdict not-held\">{Markup.Icon("not")}{Markup.Text(cell.Text)}</span>",
        Tone.Inconclusive => $"<span class=\"verdict inconclusive\">{Markup.Icon("dashed")}{Markup.Text(cell.Text)}</span>",
        Tone.Aborted => $"<span class=\"verdict aborted\">{Markup.Icon("stop")}{Markup.Text(cell.Text)}</span>",
        Tone.Proved => $"<span class=\"chip proved\">{Markup.Icon("shield")}{Markup.Text(cell.Text)}</span>",
        Tone.Live => $"<span class=\"chip live\">{Markup.Icon("bolt")}{Markup.Text(cell.Text)}</span>",
        Tone.Attention => $"<span class=\"chip attn\">{Markup.Icon("clock")}{Markup.Text(cell.Text)}</span>",
        Tone.P0 or Tone.P1 or Tone.P2 or Tone.P3 => $"<span class=\"prio {Class(cell.Tone)}\">{Markup.Text(cell.Text)}</span>",
        Tone.Chip when cell.Text.Length > 0 => $"<span class=\"chip\">{Markup.Text(cell.Text)}</span>",
        _ => Markup.Text(cell.Text),
    };

    public static string Class(Tone tone) => tone switch
    {
        Tone.Quiet => "quiet",
        Tone.Strong => "strong",
        Tone.Mono => "mono",
        Tone.Proved => "is-proved",
        Tone.Live => "is-live",
        Tone.Attention => "is-attn",
        Tone.P0 or Tone.P1 or Tone.P2 or Tone.P3 => tone.ToString().ToLowerInvariant(),
        _ => "text",
    };

    private static void Facts(StringBuilder html, FactList facts)
    {
        html.Append("<dl class=\"card facts-list\">");
        foreach (var (label, value) in facts.Items) html.Append($"<dt>{Markup.Text(label)}</dt><dd>{Markup.Text(value)}</dd>");
        html.Append("</dl>\n");
    }

    private static void Table(StringBuilder html, Table table)
    {
        if (table.Rows.Count == 0) { html.Append($"<p class=\"card body quiet\">{Markup.Text(table.Empty)}</p>\n"); return; }
        html.Append("<div class=\"card table-wrap\" tabindex=\"0\" role=\"group\" aria-label=\"Table, scrolls sideways\"><table class=\"table\"><thead><tr>");
        foreach (var column in table.Columns) html.Append(column.Title.Length == 0 ? "<td></td>" : $"<th scope=\"col\"{(column.IsNumber ? " class=\"num\"" : "")}>{Markup.Text(column.Title)}</th>");
        html.Append("</tr></thead><tbody>\n");
        foreach (var row in table.Rows)
        {
            html.Append("<tr>");
            for (var i = 0; i < row.Count; i++) html.Append($"<td class=\"{(table.Columns[i].IsNumber ? "num" : Class(row[i].Tone is Tone.Strong or Tone.Quiet or Tone.Mono ? row[i].Tone : Tone.None))}\">{Inside(row[i])}</td>");
            html.Append("</tr>\n");
        }
        html.Append("</tbody></table></div>\n");
    }

    private static string Inside(Cell cell)
    {
        var main = cell.SafeLink is { } link ? $"<a href=\"{Markup.Value(link.AbsoluteUri)}\" rel=\"noopener noreferrer\">{Markup.Text(cell.Text)}</a>" : Mark(cell);
        return cell.Meta is { Length: > 0 } meta ? $"{main}<span class=\"meta\">{Markup.Text(meta)}</span>" : main;
    }
}
