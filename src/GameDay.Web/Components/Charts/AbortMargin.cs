namespace GameDay.Web.Components.Charts;

/// <summary>How much of the room before the abort limit is used up, and the words beside the meter.</summary>
/// <param name="Percent">0-100, for the meter.</param>
public sealed record AbortMargin(double Percent, string Used, string Total)
{
    public static AbortMargin? Of(ProbeSeries s)
    {
        if (s.Last?.Value is not { } value) return null;
        if (s.AbortAbove is { } above && above > 0) return From(Math.Max(0, value), above, s.Unit);
        if (s.AbortBelow is not { } below) return null;
        var best = s.Unit == "%" ? 100 : Math.Max(s.Tolerance.Min ?? below, s.Points.Max(p => p.Value) ?? below);
        return best > below ? From(Math.Max(0, best - value), best - below, Reading.SpanUnit(s.Unit)) : null;
    }

    private static AbortMargin From(double used, double total, string unit) =>
        new(Math.Round(Math.Min(100, 100 * used / total), 1), Math.Round(used, 1) is var shown && unit == "points" && shown > 0 ? Reading.Steady(shown, "%") : Reading.Number(used), Reading.WithUnit(total, unit));
}
