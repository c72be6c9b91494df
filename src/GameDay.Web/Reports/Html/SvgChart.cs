using System.Text;
using GameDay.Web.Components.Charts;
using GameDay.Web.Reports.Content;
using static GameDay.Web.Components.Charts.ProbeDrawing;

namespace GameDay.Web.Reports.Html;

/// <summary>The run board's probe chart as it stood at the end.</summary>
internal static class SvgChart
{
    public static string Draw(ProbeSeries series)
    {
        var d = Of(series);
        var svg = new StringBuilder($"<svg class=\"chart\" viewBox=\"{-ChartRoom.ForWords} 0 {Width + ChartRoom.ForWords} {Height}\" role=\"img\" aria-label=\"{Markup.Value(ChartWords.Of(series))}\">");
        svg.Append($"<rect class=\"band\" x=\"{Left}\" y=\"{N(d.Band.Y)}\" width=\"{Right - Left}\" height=\"{N(d.Band.Height)}\"/>");
        foreach (var line in d.Grid) svg.Append($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Right}\" y1=\"{N(line.At)}\" y2=\"{N(line.At)}\"/><text x=\"40\" y=\"{N(line.Text)}\" text-anchor=\"end\">{Markup.Text(line.Words)}</text>");
        if (d.Fault is { } fault)
            svg.Append($"<rect class=\"fault\" x=\"{N(fault.X)}\" y=\"{Top}\" width=\"{N(fault.Width)}\" height=\"{Bottom - Top}\"/><line class=\"fault-edge\" x1=\"{N(fault.X)}\" x2=\"{N(fault.X)}\" y1=\"{Top}\" y2=\"{Bottom}\"/><text class=\"t-live\" x=\"{N(Math.Min(fault.X, 220))}\" y=\"18\">{Markup.Text(fault.Label)}</text>");
        foreach (var edge in d.Edges) svg.Append(Rule("edge", "", edge));
        foreach (var limit in d.Aborts) svg.Append(Rule("abort", " class=\"t-live\"", limit));
        foreach (var line in d.Lines) svg.Append($"<polyline class=\"line\" points=\"{line}\"/>");
        foreach (var line in d.Outside) svg.Append(line.Contains(' ', StringComparison.Ordinal) ? $"<polyline class=\"out\" points=\"{line}\"/>" : Spot(line));
        foreach (var tick in ChartRoom.Apart(d.Ticks)) svg.Append($"<text x=\"{N(tick.At)}\" y=\"196\" text-anchor=\"{tick.Anchor}\">{Markup.Text(tick.Words)}</text>");
        return svg.Append("</svg>").ToString();
    }

    private static string Rule(string style, string words, Mark mark) =>
        $"<line class=\"{style}\" x1=\"{Left}\" x2=\"{Right}\" y1=\"{N(mark.At)}\" y2=\"{N(mark.At)}\"/><text{words} x=\"52\" y=\"{N(mark.Text)}\">{Markup.Text(mark.Words)}</text>";

    // A single reading out of tolerance is no line; it must be seen all the same.
    private static string Spot(string point) => $"<circle class=\"spot\" cx=\"{point.Split(',')[0]}\" cy=\"{point.Split(',')[1]}\" r=\"3\"/>";

    private static string N(double value) => Markup.Number(value);
}
