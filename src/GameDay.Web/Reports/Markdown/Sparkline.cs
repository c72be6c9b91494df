using GameDay.Web.Components.Charts;

namespace GameDay.Web.Reports.Markdown;

/// <summary>A chart in one line of text: bars from low to high, brackets around the fault, a dot for missing data.</summary>
internal static class Sparkline
{
    private const string Bars = "▁▂▃▄▅▆▇█";
    private const int Longest = 80;

    public static string Of(ProbeSeries series)
    {
        var points = series.Points;
        if (points.Count == 0) return "";
        var step = (int)Math.Ceiling(points.Count / (double)Longest);
        var (low, high) = ChartScale.Around(points.Select(p => p.Value).OfType<double>(), series.Unit);
        var text = new System.Text.StringBuilder();
        var (inside, was) = (false, false);
        foreach (var chunk in points.Chunk(step))
        {
            inside = chunk[0].At >= series.FaultFrom && (series.FaultTo is null || chunk[0].At < series.FaultTo);
            if (inside != was) text.Append(inside ? '[' : ']');
            was = inside;
            text.Append(Bar(Array.Find(chunk, p => p.Value is null) ?? Array.Find(chunk, p => !p.InTolerance) ?? chunk[^1], low, high));
        }
        if (inside) text.Append(']');
        return text.ToString();
    }

    private static char Bar(ChartPoint point, double low, double high) =>
        point.Value is not { } value ? '·' : Bars[(int)Math.Clamp((value - low) / Math.Max(high - low, double.Epsilon) * Bars.Length, 0, Bars.Length - 1)];
}
