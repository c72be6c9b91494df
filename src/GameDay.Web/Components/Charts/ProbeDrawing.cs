using System.Globalization;
using System.Text;

namespace GameDay.Web.Components.Charts;

/// <summary>Where everything in a probe chart stands, in drawing units. Pure: the same series gives the same drawing.</summary>
public sealed record ProbeDrawing
{
    public const double Left = 46, Right = 424, Top = 26, Bottom = 178, Width = 428, Height = 204;
    private const double HalfAMoment = 26, WidestLetter = 7;
    /// <summary>More points than this say nothing more at this width.</summary>
    public const int MostPoints = 190;

    public required (double Y, double Height) Band { get; init; }
    public required IReadOnlyList<Mark> Grid { get; init; }
    public required IReadOnlyList<Mark> Edges { get; init; }
    public required IReadOnlyList<Mark> Aborts { get; init; }
    public required IReadOnlyList<Mark> Ticks { get; init; }
    public FaultSpan? Fault { get; init; }
    public required IReadOnlyList<string> Lines { get; init; }
    public required IReadOnlyList<string> Outside { get; init; }
    public (double X, double Y)? Dot { get; init; }

    /// <param name="LabelX">Where its words begin, so that they end inside the frame.</param>
    public sealed record FaultSpan(double X, double Width, double LabelX, string Label);

    /// <param name="At">Position on its axis.</param>
    /// <param name="Text">Baseline of its words, which step aside at the frame's rim.</param>
    public sealed record Mark(double At, double Text, string Words, string Anchor = "start");

    public static ProbeDrawing Of(ProbeSeries s)
    {
        var (low, high) = ChartScale.Around(s.Limits.Concat(s.Points.Select(p => p.Value).OfType<double>()), s.Unit);
        var y = new ChartScale(low, high, Bottom, Top);
        var x = new ChartScale(s.From.ToUnixTimeMilliseconds(), Math.Max(s.To.ToUnixTimeMilliseconds(), s.From.ToUnixTimeMilliseconds() + 1), Left, Right);
        var points = Thin(s.Points);
        var bandTop = s.Tolerance.Max is { } max ? y.At(max) : Top;
        var bandEnd = s.Tolerance.Min is { } min ? y.At(min) : Bottom;
        return new ProbeDrawing
        {
            Band = (bandTop, Math.Max(0, Math.Round(bandEnd - bandTop, 1))),
            Grid = [.. ChartTicks.Values(low, Math.Min(high, s.Unit == "%" ? 100 : high)).Select(v => new Mark(y.At(v), y.At(v) + 4, Reading.OnAxis(v, s.Unit), "end"))],
            Edges = [.. Edge(s.Tolerance.Min, y, "Tolerance", s.Unit, below: true), .. Edge(s.Tolerance.Max, y, "Tolerance", s.Unit, below: false)],
            Aborts = [.. Edge(s.AbortBelow, y, "Abort below", s.Unit, below: false), .. Edge(s.AbortAbove, y, "Abort above", s.Unit, below: true)],
            Ticks = MomentTicks(s, x),
            Fault = SpanOf(s, x),
            Lines = Strokes(points, x, y, _ => true),
            Outside = Strokes(points, x, y, p => !p.InTolerance),
            Dot = s.Last is { Value: { } value } last ? (x.At(last.At.ToUnixTimeMilliseconds()), y.At(value)) : null,
        };
    }

    private static IEnumerable<Mark> Edge(double? value, ChartScale y, string words, string unit, bool below)
    {
        if (value is not { } v) yield break;
        var at = y.At(v);
        var text = at < Top + 16 ? at + 14 : at > Bottom - 16 ? at - 6 : below ? at + 14 : at - 6;
        yield return new Mark(at, text, $"{words} {Reading.WithUnit(v, unit)}");
    }

    private static List<Mark> MomentTicks(ProbeSeries s, ChartScale x)
    {
        var moments = ChartTicks.Moments(s.From, s.To);
        var format = (s.To - s.From).TotalMinutes < 5 ? "HH:mm:ss" : "HH:mm";
        return [.. moments.Select(m => x.At(m.ToUnixTimeMilliseconds())).Zip(moments, (at, m) =>
            new Mark(at, Bottom + 18, m.ToString(format, CultureInfo.InvariantCulture), at < Left + HalfAMoment ? "start" : at > Right - HalfAMoment ? "end" : "middle"))];
    }

    private static FaultSpan? SpanOf(ProbeSeries s, ChartScale x)
    {
        if (s.FaultFrom is not { } from || from > s.To) return null;
        var start = x.At(from.ToUnixTimeMilliseconds());
        var end = x.At((s.FaultTo ?? s.To).ToUnixTimeMilliseconds());
        return new FaultSpan(start, Math.Max(1, Math.Round(end - start, 1)), Math.Max(Left, Math.Min(start, Right - s.FaultWords.Length * WidestLetter)), s.FaultWords);
    }

    /// <summary>One polyline per unbroken stretch; a missing reading breaks it.</summary>
    private static List<string> Strokes(IReadOnlyList<ChartPoint> points, ChartScale x, ChartScale y, Func<ChartPoint, bool> wanted)
    {
        var strokes = new List<string>();
        var now = new StringBuilder();
        foreach (var point in points)
        {
            if (point.Value is { } value && wanted(point)) now.Append(CultureInfo.InvariantCulture, $"{x.At(point.At.ToUnixTimeMilliseconds()):0.#},{y.At(value):0.#} ");
            else Flush();
        }
        Flush();
        return strokes;

        void Flush()
        {
            if (now.Length > 0) strokes.Add(now.ToString(0, now.Length - 1));
            now.Clear();
        }
    }

    /// <summary>Keeps the worst reading of each step, so that thinning never hides a breach.</summary>
    private static IReadOnlyList<ChartPoint> Thin(IReadOnlyList<ChartPoint> points)
    {
        if (points.Count <= MostPoints) return points;
        var step = (int)Math.Ceiling(points.Count / (double)MostPoints);
        return [.. points.Chunk(step).Select(c => Array.Find(c, p => p.Value is null) ?? Array.Find(c, p => !p.InTolerance) ?? c[^1])];
    }
}
