using GameDay.Domain.Experiments;

namespace GameDay.Web.Reports.Composition;

/// <summary>A probe's readings, cut at the fault.</summary>
internal static class ProbeComposer
{
    public static ReportProbe Compose(ProbeSpec probe, ExperimentPlan plan, ReportMoments moments, IReadOnlyList<ProbeSample> samples)
    {
        var readings = samples.OrderBy(s => s.At).Select(s => new ReportReading(s.At, s.Value, s.InTolerance, s.Problem)).ToList();
        var (from, to) = Span(moments);
        var limits = plan.AbortWhen.Where(a => a.Probe == probe.Name).ToList();
        return new ReportProbe(
            probe.Name, probe.Question, probe.Unit, Phrases.Source(probe), probe.Tolerance,
            limits.Select(a => a.Below).FirstOrDefault(b => b is not null), limits.Select(a => a.Above).FirstOrDefault(a => a is not null),
            Stretch(readings.Where(r => from is null || r.At < from)), Stretch(readings.Where(r => r.At >= from && (to is null || r.At < to))), Stretch(readings.Where(r => r.At >= to)), readings);
    }

    /// <summary>As long as the fault had its effect.</summary>
    public static (DateTimeOffset? From, DateTimeOffset? To) Span(ReportMoments moments) => (moments.EffectAt ?? moments.InjectedAt, moments.RevertStartedAt ?? moments.RevertedAt);

    private static ReportReadings Stretch(IEnumerable<ReportReading> some)
    {
        var readings = some.ToList();
        var values = readings.Select(r => r.Value).OfType<double>().ToList();
        return new(readings.Count, readings.Count(r => r is { Value: not null, InTolerance: false }), readings.Count(r => r.Value is null), values.Count == 0 ? null : values.Min(), values.Count == 0 ? null : values.Max());
    }
}
