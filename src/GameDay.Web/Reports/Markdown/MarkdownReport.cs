using System.Text;
using GameDay.Web.Components.Charts;
using GameDay.Web.Reports.Content;
using static GameDay.Web.Reports.Markdown.MarkdownText;

namespace GameDay.Web.Reports.Markdown;

/// <summary><c>report.md</c>: for a wiki, an issue or a repository.</summary>
public static class MarkdownReport
{
    public static byte[] Write(ReportContent content)
    {
        var md = new StringBuilder();
        md.Append($"# {Inline(content.Title)}\n\n{string.Join(" · ", content.Facts.Select(Inline))}\n\n");
        First(md, content.First);
        foreach (var section in content.Sections)
        {
            md.Append($"## {Inline(section.Title)}\n\n*{Inline(section.Meta)}*\n\n");
            foreach (var block in section.Blocks) Write(md, block);
        }
        md.Append($"---\n\n{Inline(content.Footer)}\n");
        return Encoding.UTF8.GetBytes(md.ToString());
    }

    private static void First(StringBuilder md, FirstPage first)
    {
        md.Append($"{Inline(first.Lead)}\n\n**{Inline(first.News)}**\n\n");
        md.Append($"| {string.Join(" | ", first.Tally.Select(t => Inline(t.Word)))} |\n|{string.Concat(first.Tally.Select(_ => " :---: |"))}\n| {string.Join(" | ", first.Tally.Select(t => $"**{Inline(t.Value)}**"))} |\n\n");
        foreach (var points in new[] { first.Tried, first.Learned, first.Asks }) Write(md, points);
    }

    private static void Write(StringBuilder md, Block block)
    {
        switch (block)
        {
            case Paragraph p: md.Append(p.Tone == Tone.Strong ? $"**{Inline(p.Text)}**\n\n" : $"{Inline(p.Text)}\n\n"); break;
            case FactList facts: md.Append($"| | |\n| --- | --- |\n{string.Concat(facts.Items.Select(f => $"| {Inline(f.Label)} | {Inline(f.Value)} |\n"))}\n"); break;
            case Points points: Points(md, points); break;
            case Table table: Table(md, table); break;
            case ProbePicture probe: Probe(md, probe); break;
            case MomentPicture: break; // The table below it says the same in figures.
            default: throw new NotSupportedException(block.GetType().Name);
        }
    }

    private static void Points(StringBuilder md, Points points)
    {
        md.Append($"### {Inline(points.Title)}\n\n");
        if (points.Items.Count == 0) md.Append($"{Inline(points.Empty)}\n");
        foreach (var item in points.Items)
            md.Append($"- **{Inline(item.Head)}**{(item.Mark is { Text.Length: > 0 } mark ? $" ({Inline(mark.Text)})" : "")}{(item.Detail is { Length: > 0 } detail ? $"<br>{Inline(detail)}" : "")}\n");
        md.Append('\n');
    }

    private static void Probe(StringBuilder md, ProbePicture probe)
    {
        md.Append($"#### {Inline(probe.Question)}\n\n{Inline(probe.State.Text)}. {Inline(probe.Reading)}\n\n");
        if (Sparkline.Of(probe.Series) is not { Length: > 0 } line) return;
        var values = probe.Series.Points.Select(p => p.Value).OfType<double>().ToList();
        md.Append($"`{line}`{(values.Count > 0 ? $" {Inline($"{Reading.WithUnit(values.Min(), probe.Series.Unit)} to {Reading.WithUnit(values.Max(), probe.Series.Unit)}, brackets mark the fault")}" : "")}\n\n");
    }

    private static void Table(StringBuilder md, Table table)
    {
        if (table.Rows.Count == 0) { md.Append($"{Inline(table.Empty)}\n\n"); return; }
        md.Append($"| {string.Join(" | ", table.Columns.Select(c => Inline(c.Title)))} |\n|{string.Concat(table.Columns.Select(c => c.IsNumber ? " ---: |" : " --- |"))}\n");
        foreach (var row in table.Rows) md.Append($"| {string.Join(" | ", row.Select(Cell))} |\n");
        md.Append('\n');
    }

    private static string Cell(Cell cell)
    {
        var text = cell switch
        {
            { SafeLink: { } link } => $"[{Inline(cell.Text)}](<{link.AbsoluteUri}>)",
            { Tone: Tone.Mono } => Code(cell.Text),
            { Tone: Tone.Strong or Tone.NotHeld or Tone.Live or Tone.P0, Text.Length: > 0 } => $"**{Inline(cell.Text)}**",
            _ => Inline(cell.Text),
        };
        return cell.Meta is { Length: > 0 } meta ? $"{text}<br>{Inline(meta)}" : text;
    }
}
