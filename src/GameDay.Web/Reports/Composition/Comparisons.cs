using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;

namespace GameDay.Web.Reports.Composition;

/// <summary>Prediction against record. Only what can be measured is judged; the rest is put side by side for people.</summary>
internal static class Comparisons
{
    public static IReadOnlyList<ReportComparison> Of(ExperimentPlan plan, ReportMoments m, IReadOnlyList<ReportProbe> probes, ReportAlerts alerts, IReadOnlyList<ReportEntry> own) =>
    [
        .. probes.Select(Probe),
        new("What do customers notice?", plan.Expect.Impact, Said(own, EntryKind.Impact, EntryKind.GotLucky), null),
        new("What do system and people do?", plan.Expect.Response, Said(own, EntryKind.Action, EntryKind.Decision, EntryKind.Mitigated, EntryKind.WorkedWell), null),
        new("Who notices first?", plan.Expect.NoticedBy, m.DetectedBy ?? (m.InjectedAt is null ? null : "nobody noted that they noticed"), null),
        Detection(plan, m),
        Alerts(plan.Expect.Alerts, alerts),
        Recovery(plan, m),
    ];

    private static ReportComparison Probe(ReportProbe p)
    {
        var expected = Phrases.Tolerance(p.Tolerance, p.Unit);
        if (p.During.Count == 0) return new(p.Question, expected, "no reading under the fault", null);
        var range = p.During is { Lowest: { } low, Highest: { } high } ? low == high ? Phrases.Value(low, p.Unit) : $"{Phrases.Number(low)} to {Phrases.Value(high, p.Unit)}" : "no data";
        var outside = p.During.OutOfTolerance > 0 ? $"; {p.During.OutOfTolerance} of {Phrases.Count(p.During.Count, "reading", "readings")} out of tolerance" : "";
        var missing = p.During.Missing > 0 ? $"; {p.During.Missing} without data" : "";
        return new(p.Question, expected, range + outside + missing, p.During.OutOfTolerance > 0 ? false : p.During.Missing > 0 ? null : true);
    }

    private static ReportComparison Detection(ExperimentPlan plan, ReportMoments m)
    {
        var took = (m.EffectAt ?? m.InjectedAt) is { } from && m.DetectedAt is { } detected ? detected - from : (TimeSpan?)null;
        var expected = plan.Expect.DetectWithin is { } within ? $"within {Phrases.Span(within)}" : null;
        var seen = took is { } t ? $"after {Phrases.Span(t)}" : m.InjectedAt is null ? null : "not recorded";
        return new("How soon is it noticed?", expected, seen, took is null || plan.Expect.DetectWithin is null ? null : took <= plan.Expect.DetectWithin);
    }

    private static ReportComparison Alerts(IReadOnlyList<string> expected, ReportAlerts alerts)
    {
        var parts = new List<string>();
        if (alerts.ExpectedFired.Count > 0) parts.Add($"fired: {string.Join(", ", alerts.ExpectedFired)}");
        if (alerts.ExpectedMissing.Count > 0) parts.Add($"missing: {string.Join(", ", alerts.ExpectedMissing)}");
        if (alerts.Unexpected.Count > 0) parts.Add($"not expected: {string.Join("; ", alerts.Unexpected.Select(u => Phrases.Short(u, 120)))}");
        var seen = parts.Count > 0 ? string.Join("; ", parts) : "no alert was recorded";
        return new("Which alerts fire?", expected.Count == 0 ? "none" : string.Join(", ", expected), seen, alerts.Reported ? alerts.ExpectedMissing.Count == 0 && alerts.Unexpected.Count == 0 : null);
    }

    private static ReportComparison Recovery(ExperimentPlan plan, ReportMoments m)
    {
        var took = m is { RevertedAt: { } reverted, RecoveredAt: { } recovered } ? recovered - reverted : (TimeSpan?)null;
        var seen = took is { } t ? $"after {Phrases.Span(t)}" : m.RevertedAt is null ? null : "not seen";
        return new("How long to recover after the revert?", $"within {Phrases.Span(plan.RecoverWithin)}", seen, took is null ? m.RevertedAt is null ? null : false : took <= plan.RecoverWithin);
    }

    private static string? Said(IReadOnlyList<ReportEntry> own, params EntryKind[] kinds)
    {
        var notes = own.Where(t => kinds.Contains(t.Kind)).Select(t => Phrases.Short(t.Text, 200)).ToList();
        return notes.Count == 0 ? null : string.Join("; ", notes);
    }
}
