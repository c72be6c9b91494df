using System.Text;
using GameDay.Web.Reports.Content;

namespace GameDay.Web.Reports.Html;

internal static class SvgMoments
{
    private static readonly (MomentKind Kind, string Words)[] Legend =
        [(MomentKind.Detected, "Detected"), (MomentKind.Acknowledged, "Acknowledged"), (MomentKind.Mitigated, "Mitigated"), (MomentKind.Reverted, "Reverted, proved"), (MomentKind.Recovered, "Recovered")];

    public static string Draw(MomentPicture picture)
    {
        var d = MomentDrawing.Of(picture);
        var svg = new StringBuilder("<p class=\"legend\">");
        foreach (var (kind, words) in Legend) svg.Append($"<span><svg class=\"chart glyph\" viewBox=\"0 0 16 16\" aria-hidden=\"true\">{Dot(kind, 8, 8)}</svg>{words}</span>");
        svg.Append("<span><svg class=\"chart glyph\" viewBox=\"0 0 16 16\" aria-hidden=\"true\"><rect class=\"fault\" x=\"0\" y=\"0\" width=\"16\" height=\"16\"/><line class=\"fault-edge\" x1=\"1\" x2=\"1\" y1=\"0\" y2=\"16\"/></svg>Fault in place</span></p>");
        svg.Append($"<svg class=\"chart\" viewBox=\"0 0 {MomentDrawing.Width} {N(d.Height)}\" role=\"img\" aria-label=\"{Markup.Value(Words(picture))}\">");
        foreach (var (x, words) in d.Ticks) svg.Append($"<line class=\"grid\" x1=\"{N(x)}\" x2=\"{N(x)}\" y1=\"{MomentDrawing.Top}\" y2=\"{N(d.Height - 24)}\"/><text x=\"{N(x)}\" y=\"{N(d.Height - 6)}\" text-anchor=\"middle\">{Markup.Text(words)}</text>");
        foreach (var lane in d.Lanes) Lane(svg, lane);
        return svg.Append("</svg>").ToString();
    }

    private static void Lane(StringBuilder svg, MomentDrawing.Lane lane)
    {
        var name = lane.Name.Length > 30 ? lane.Name[..29] + "…" : lane.Name;
        svg.Append($"<text class=\"t-name\" x=\"0\" y=\"{N(lane.Y + 4)}\">{Markup.Text(name)}</text>");
        var end = lane.FaultEnd ?? MomentDrawing.Right;
        svg.Append($"<rect class=\"fault\" x=\"{MomentDrawing.Left}\" y=\"{N(lane.Y - 9)}\" width=\"{N(Math.Max(1, end - MomentDrawing.Left))}\" height=\"18\"/><line class=\"fault-edge\" x1=\"{MomentDrawing.Left}\" x2=\"{MomentDrawing.Left}\" y1=\"{N(lane.Y - 9)}\" y2=\"{N(lane.Y + 9)}\"/>");
        foreach (var dot in lane.Dots) svg.Append(Dot(dot.Kind, dot.X, lane.Y)).Append($"<text x=\"{N(dot.X)}\" y=\"{N(dot.Above ? lane.Y - 14 : lane.Y + 24)}\" text-anchor=\"middle\">{Markup.Text(dot.Words)}</text>");
    }

    private static string Dot(MomentKind kind, double x, double y) => kind switch
    {
        MomentKind.Detected => $"<circle class=\"m solid\" cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"6\"/>",
        MomentKind.Acknowledged => $"<circle class=\"m\" cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"5.5\"/>",
        MomentKind.Mitigated => $"<rect class=\"m\" x=\"{N(x - 5)}\" y=\"{N(y - 5)}\" width=\"10\" height=\"10\"/>",
        _ => $"<path class=\"m proved{(kind == MomentKind.Recovered ? " solid" : "")}\" d=\"M{N(x)} {N(y - 7)}l7 7-7 7-7-7z\"/>",
    };

    private static string Words(MomentPicture picture) =>
        string.Join(" ", picture.Rows.Select(r => $"{r.Name}: {(r.Marks.Count == 0 ? "no moment was recorded" : string.Join(", ", r.Marks.Select(m => $"{m.Kind.ToString().ToLowerInvariant()} after {m.Words}")))}."));

    private static string N(double value) => Markup.Number(value);
}
