using GameDay.Web.Components.Charts;
using GameDay.Web.Features.Runs;
using GameDay.Web.Reports;

namespace GameDay.Web.Features.Reports;

/// <summary>Moments of every run on one scale from its injection: dots told apart by shape, never a mean.</summary>
public sealed record MomentsDrawing(IReadOnlyList<MomentsDrawing.Tick> Ticks, IReadOnlyList<MomentsDrawing.Row> Rows)
{
    public const double Left = 176, Right = 996, Step = 54, Top = 36;

    /// <summary>Two words closer than this stand above and below their dots.</summary>
    private const double Crowded = 74;

    public double Height => Top + Rows.Count * Step + 2;

    public sealed record Tick(double X, string Words);

    public sealed record Row(string Name, double Y, double FaultWidth, IReadOnlyList<Dot> Dots);

    /// <param name="Shape">detected, acknowledged, mitigated, reverted or recovered.</param>
    public sealed record Dot(string Shape, double X, double TextY, string Words);

    public static MomentsDrawing Of(IReadOnlyList<ReportRun> runs)
    {
        var shown = runs.Where(r => r.Timeline.InjectedAt is not null).ToList();
        var longest = Math.Max(10, shown.SelectMany(r => Moments(r).Select(m => m.After.TotalSeconds)).DefaultIfEmpty(10).Max());
        var x = new ChartScale(0, longest * 1.04, Left, Right);
        var ticks = ChartTicks.Values(0, longest * 1.04, 7).Select(s => new Tick(x.At(s), longest >= 120 ? $"{s / 60:0.#} min" : $"{s:0.#} s"));
        return new MomentsDrawing([.. ticks], [.. shown.Select((run, i) => RowOf(run, Top + i * Step, x))]);
    }

    private static Row RowOf(ReportRun run, double y, ChartScale x)
    {
        var dots = new List<Dot>();
        foreach (var (shape, after, by) in Moments(run))
        {
            var at = x.At(after.TotalSeconds);
            var above = dots.Count > 0 && at - dots[^1].X < Crowded && dots[^1].TextY > y;
            dots.Add(new Dot(shape, at, above ? y - 13 : y + 25, BoardClock.Span(after) + by));
        }
        var gone = run.Timeline.RevertedAt ?? run.Timeline.EndedAt ?? run.Timeline.InjectedAt!.Value;
        return new Row($"{run.Number}  {Short(run.Title)}", y, Math.Max(1, x.At((gone - run.Timeline.InjectedAt!.Value).TotalSeconds) - Left), dots);
    }

    private static IEnumerable<(string Shape, TimeSpan After, string By)> Moments(ReportRun run)
    {
        var t = run.Timeline;
        (string, DateTimeOffset?, string)[] all =
        [
            ("detected", t.DetectedAt, t.DetectedBy is null ? "" : $" {FirstWord(t.DetectedBy)}"), ("acknowledged", t.AcknowledgedAt, ""), ("mitigated", t.MitigatedAt, ""),
            ("reverted", t.RevertedAt, ""), ("recovered", t.RecoveredAt, ""),
        ];
        return all.Where(m => m.Item2 >= t.InjectedAt).OrderBy(m => m.Item2).Select(m => (m.Item1, m.Item2!.Value - t.InjectedAt!.Value, m.Item3));
    }

    private static string FirstWord(string name) => name.Split(' ')[0];

    private static string Short(string title) => title.Length <= 22 ? title : title[..21] + "…";
}
