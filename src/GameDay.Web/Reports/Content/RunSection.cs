using GameDay.Web.Components.Charts;
using GameDay.Web.Reports.Composition;

namespace GameDay.Web.Reports.Content;

/// <summary>One run: what was expected, what was seen, drawn.</summary>
internal static class RunSection
{
    public static Section Write(ReportRun run) => new($"Run {run.Number}: {run.Title}", Meta(run),
    [
        new Paragraph($"Hypothesis: {run.Hypothesis}", Tone.Strong),
        new FactList(Facts(run)),
        .. run.Probes.Select(p => Picture(run, p)),
        new Table([new("Expected against seen", 2.2), new("Expected", 2.4), new("Seen", 3), new("", 1.2)],
            [.. run.Compared.Select(c => (IReadOnlyList<Cell>)[new(c.Question, Tone.Strong), new(c.Expected ?? "nothing was written down", c.Expected is null ? Tone.Quiet : Tone.None), new(c.Seen ?? "nothing was recorded", c.Seen is null ? Tone.Quiet : Tone.None), Match(c)])],
            "No prediction was written down."),
    ], NewPage: true);

    private static string Meta(ReportRun run) => run.Timeline.InjectedAt is { } at ? $"injected {Phrases.Clock(at)}, {VerdictSections.Badge(run).Text.ToLowerInvariant()}" : VerdictSections.Badge(run).Text.ToLowerInvariant();

    private static List<(string, string)> Facts(ReportRun run)
    {
        List<(string, string)> facts =
        [
            ("Fault", $"{FirstPageWriter.Fault(run)}, for {Phrases.Span(run.DurationSeconds)}"),
            ("Targets", run.Targets.Count == 0 ? $"{run.Selector}; none was touched" : $"{run.Selector}: {string.Join(", ", run.Targets)}"),
            ("Abort when", run.AbortWhen.Count == 0 ? "no condition" : string.Join("; or ", run.AbortWhen)),
        ];
        if (run.Targets.Count > 0) facts.Add(("Choice", $"drawn by seed {run.Seed}"));
        if (run.Reason is { Length: > 0 } reason) facts.Add(("Outcome", reason));
        if (run.WasAborted) facts.Add(("Aborted by", run.AbortedBy ?? "not recorded"));
        return facts;
    }

    private static ProbePicture Picture(ReportRun run, ReportProbe p)
    {
        var (from, to) = ProbeComposer.Span(run.Timeline);
        var first = p.Readings.Count > 0 ? p.Readings[0].At : run.Timeline.BaselineAt ?? default;
        var last = p.Readings.Count > 0 ? p.Readings[^1].At : run.Timeline.EndedAt ?? first;
        var series = new ProbeSeries
        {
            Name = p.Name, Unit = p.Unit, Tolerance = p.Tolerance, AbortBelow = p.AbortBelow, AbortAbove = p.AbortAbove,
            Points = [.. p.Readings.Select(r => new ChartPoint(r.At, r.Value, r.InTolerance))], From = first, To = last, FaultFrom = from, FaultTo = to ?? run.Timeline.RevertedAt,
            FaultWords = from is null ? "" : $"{run.Fault}, {Phrases.Clock(from)}–{(to is null ? "" : Phrases.Clock(to))}",
        };
        return new ProbePicture(series, p.Question, $"{p.Name}, {p.Source}. Tolerance {Phrases.Tolerance(p.Tolerance, p.Unit)}. {Phrases.Count(p.Readings.Count, "reading", "readings")}.", State(p));
    }

    private static Cell State(ReportProbe p) => p.During switch
    {
        { Count: 0 } => new("No reading under the fault", Tone.Attention),
        { OutOfTolerance: > 0 } d => new($"Out of tolerance in {d.OutOfTolerance} of {d.Count}", Tone.Attention),
        { Missing: > 0 } d => new($"{d.Missing} of {d.Count} without data", Tone.Attention),
        _ => new("In tolerance", Tone.Chip),
    };

    private static Cell Match(ReportComparison c) => c.Matches switch
    {
        true => new("As expected", Tone.Quiet),
        false => new("Differs", Tone.Strong),
        _ => new(""),
    };
}
