using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.Findings;
using GameDay.Web.Reports.Composition;

namespace GameDay.Web.Reports.Content;

/// <summary>Page one: readable without a word of background.</summary>
internal static class FirstPageWriter
{
    private const int Most = 3;
    private static readonly EntryKind[] Surprising = [EntryKind.Surprise, EntryKind.GotLucky, EntryKind.Impact, EntryKind.Confusion, EntryKind.RunbookGap, EntryKind.WorkedWell];

    public static FirstPage Write(ReportDocument report) => new(
        report.Exercise.Goal.Length > 0 ? report.Exercise.Goal : "No goal was written down.",
        News(report), Tally(report), Tried(report), Learned(report), Asks(report));

    private static string News(ReportDocument report)
    {
        if (report.Leaks.Count > 0) return $"{Phrases.Count(report.Leaks.Count, "fault is", "faults are")} not proved gone: treat what you see as real.";
        var judged = report.Runs.Where(r => r.Verdict is not null).ToList();
        var broken = judged.Where(r => r.Verdict == Verdict.NotHeld).Select(r => r.Title).ToList();
        if (judged.Count == 0) return report.Runs.Count == 0 ? "Nothing was run." : "No hypothesis was judged.";
        if (broken.Count > 0) return judged.Count == 1 ? $"The hypothesis did not hold: {First(judged[0].Reason)}." : $"{broken.Count} of {judged.Count} hypotheses did not hold: {string.Join("; ", broken)}.";
        if (judged.TrueForAll(r => r.Verdict == Verdict.Held)) return judged.Count == 1 ? "The hypothesis held." : $"All {judged.Count} hypotheses held.";
        return judged.Count == 1 ? $"{(judged[0].Verdict == Verdict.Aborted ? "The run was aborted" : "The run says nothing about the hypothesis")}: {First(judged[0].Reason)}." : $"{judged.Count(r => r.Verdict == Verdict.Held)} of {judged.Count} hypotheses held; none was refuted.";
    }

    private static List<Figure> Tally(ReportDocument report)
    {
        int Of(Verdict verdict) => report.Runs.Count(r => r.Verdict == verdict);
        var sent = report.Runs.SelectMany(r => r.Injections).Where(i => i.Phase != InjectionPhase.Void && i.Phase != InjectionPhase.Planned).ToList();
        var proved = sent.Count(i => i.Phase == InjectionPhase.Reverted);
        List<Figure> tally = [new($"{Of(Verdict.Held)}", "held"), new($"{Of(Verdict.NotHeld)}", "not held")];
        if (Of(Verdict.Inconclusive) is > 0 and var open) tally.Add(new($"{open}", "inconclusive"));
        if (Of(Verdict.Aborted) is > 0 and var aborted) tally.Add(new($"{aborted}", "aborted"));
        if (report.Runs.Count(r => r.Verdict is null) is > 0 and var none) tally.Add(new($"{none}", "not judged"));
        tally.Add(new($"{proved}{Phrases.NoBreak}/{Phrases.NoBreak}{sent.Count}", "reverts proved", sent.Count > 0 && proved == sent.Count ? Tone.Proved : proved < sent.Count ? Tone.Live : Tone.None));
        return tally;
    }

    private static Points Tried(ReportDocument report) => new("What we tried",
        [.. report.Runs.Select(r => new Point(r.Title, $"{Fault(r)}, {r.Selector}, for {Phrases.Span(r.DurationSeconds)}", VerdictSections.Badge(r)))], "No experiment was run.");

    private static Points Learned(ReportDocument report)
    {
        var strong = report.Findings.Take(Most).Select(f => new Point(f.Title, Phrases.Short(f.Statement, 200))).ToList();
        if (strong.Count > 0) return new("What we learned", strong, "");
        var notes = report.Timeline.Where(t => Surprising.Contains(t.Kind)).OrderBy(t => Array.IndexOf(Surprising, t.Kind)).ThenBy(t => t.Seq).Take(Most);
        return new("Top surprises", [.. notes.Select(n => new Point(Phrases.Short(n.Text, 220), $"{Phrases.Words(n.Kind)}, {n.Source}, {Phrases.Clock(n.At)}"))],
            report.Runs.Count > 0 && report.Runs.All(r => r.Verdict == Verdict.Held) ? "Nobody noted a surprise, and every hypothesis held: the experiments may have been too safe." : "Nobody noted a surprise.");
    }

    private static Points Asks(ReportDocument report) => new("What we ask",
        [.. report.Findings.Where(f => f.Kind == FindingKind.Weakness).OrderBy(f => f.Priority ?? Priority.P3).Take(Most).Select(Ask)],
        "Nothing yet: findings are made from notes in the debrief, at least two working days later.");

    private static Point Ask(ReportFinding f) => new(f.Title, f.IssueKey is { } key ? $"{f.Tracker} {key}{(f.IssueStatus is { } status ? $", {status}" : "")}" : "not filed with a team yet",
        f.Priority is { } p ? new Cell(p.ToString(), Enum.Parse<Tone>(p.ToString())) : new Cell("Not ranked", Tone.Attention));

    public static string Fault(ReportRun run) =>
        $"{run.Fault}{(run.Settings.Count == 0 ? "" : $" ({string.Join(", ", run.Settings.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Key} {s.Value}"))})")}";

    private static string First(string? reason) => reason is { Length: > 0 } ? Phrases.Short(reason, 240).TrimEnd('.') : "no reason was recorded";
}
