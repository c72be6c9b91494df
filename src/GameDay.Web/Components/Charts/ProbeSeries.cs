using GameDay.Domain.Experiments;

namespace GameDay.Web.Components.Charts;

/// <summary>What a probe chart shows: the readings, what is tolerated, when the run ends early, and where the fault was.</summary>
public sealed record ProbeSeries
{
    public required string Name { get; init; }
    public required string Unit { get; init; }
    public required Tolerance Tolerance { get; init; }
    public double? AbortBelow { get; init; }
    public double? AbortAbove { get; init; }
    public IReadOnlyList<ChartPoint> Points { get; init; } = [];
    public DateTimeOffset From { get; init; }
    public DateTimeOffset To { get; init; }
    public DateTimeOffset? FaultFrom { get; init; }
    /// <summary>Null while the fault is still in place: it is shaded to the newest moment.</summary>
    public DateTimeOffset? FaultTo { get; init; }
    public string FaultWords { get; init; } = "";

    public ChartPoint? Last => Points.LastOrDefault(p => p.Value is not null);

    public IEnumerable<double> Limits => new[] { Tolerance.Min, Tolerance.Max, AbortBelow, AbortAbove }.OfType<double>();
}

/// <param name="Value">Null: no data; the line breaks there.</param>
public sealed record ChartPoint(DateTimeOffset At, double? Value, bool InTolerance);
