using GameDay.Domain.Experiments;
using GameDay.Web.Reports.Composition;

namespace GameDay.Web.Reports.Content;

/// <summary>Verdicts, and how long everything took.</summary>
internal static class VerdictSections
{
    public static Section Verdicts(ReportDocument report) => new("Verdicts", "decided by the record, not by vote",
    [
        new Table([new("", 0.4), new("Experiment", 2.6), new("Verdict", 1.3), new("Because", 3.6)],
            [.. report.Runs.Select(r => (IReadOnlyList<Cell>)[
                new($"{r.Number}", Tone.Quiet), new(r.Title, Tone.Strong, $"{FirstPageWriter.Fault(r)}, {Phrases.Count(r.Targets.Count, "target", "targets")}"), Badge(r), new(r.Reason ?? "No reason was recorded.")])],
            "No experiment was run."),
    ]);

    public static Cell Badge(ReportRun run) => run.Verdict switch
    {
        Verdict.Held => new("Held", Tone.Held),
        Verdict.NotHeld => new("Not held", Tone.NotHeld),
        Verdict.Inconclusive => new("Inconclusive", Tone.Inconclusive),
        Verdict.Aborted => new("Aborted", Tone.Aborted),
        _ => new(Phrases.Words(run.State), run.State is RunState.Leaked ? Tone.Live : run.State is RunState.NotRecovered ? Tone.Attention : Tone.Chip),
    };

    /// <summary>Null when nothing was injected: there is nothing to time.</summary>
    public static Section? Timings(ReportDocument report)
    {
        var rows = report.Runs.Where(r => r.Timeline.InjectedAt is not null).ToList();
        if (rows.Count == 0) return null;
        return new("How long it took", "from injection; one dot is one moment of one run, no averages",
        [
            new MomentPicture([.. rows.Select(Row)]),
            new Table([new("", 0.4), new("Experiment", 2.4), new("Effect", 1), new("Detected", 1.6), new("Acknowledged", 1.2), new("Mitigated", 1.3), new("Reverted", 1.1), new("Recovered", 1.1)],
                [.. rows.Select(r => (IReadOnlyList<Cell>)[
                    new($"{r.Number}", Tone.Quiet), new(r.Title, Tone.Strong), After(r, r.Timeline.EffectAt), After(r, r.Timeline.DetectedAt, r.Timeline.DetectedBy), After(r, r.Timeline.AcknowledgedAt),
                    After(r, r.Timeline.MitigatedAt), After(r, r.Timeline.RevertedAt), After(r, r.Timeline.RecoveredAt)])], ""),
        ]);
    }

    private static Cell After(ReportRun run, DateTimeOffset? at, string? by = null) =>
        at is { } moment && run.Timeline.InjectedAt is { } from ? new(Phrases.Span(moment - from), Tone.None, by is null ? Phrases.Clock(at) : $"{Phrases.Clock(at)}, {by}") : new("not recorded", Tone.Quiet);

    private static MomentRow Row(ReportRun run)
    {
        var from = run.Timeline.InjectedAt!.Value;
        var t = run.Timeline;
        return new($"{run.Number}  {run.Title}", t.RevertedAt is { } end ? (end - from).TotalSeconds : null,
        [
            .. Mark(MomentKind.Detected, t.DetectedAt, from), .. Mark(MomentKind.Acknowledged, t.AcknowledgedAt, from), .. Mark(MomentKind.Mitigated, t.MitigatedAt, from),
            .. Mark(MomentKind.Reverted, t.RevertedAt, from), .. Mark(MomentKind.Recovered, t.RecoveredAt, from),
        ]);
    }

    private static IEnumerable<MomentMark> Mark(MomentKind kind, DateTimeOffset? at, DateTimeOffset from)
    {
        if (at is { } moment) yield return new(kind, Math.Max(0, (moment - from).TotalSeconds), Phrases.Span(moment - from));
    }
}
