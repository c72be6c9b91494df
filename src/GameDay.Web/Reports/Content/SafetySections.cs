using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Web.Components.Parts;
using GameDay.Web.Reports.Composition;

namespace GameDay.Web.Reports.Content;

/// <summary>That every fault is gone, and who decided what.</summary>
internal static class SafetySections
{
    private static readonly EntryKind[] Decisions = [EntryKind.ExerciseState, EntryKind.Halt, EntryKind.Abort, EntryKind.Approval, EntryKind.Gap, EntryKind.Safety, EntryKind.Decision];

    public static Section Leaks(ReportDocument report) => new("Not proved gone", "treat it as real until somebody has proved otherwise",
    [
        new Table([new("What", 2.4), new("Made by", 1.4), new("Problem", 2), new("Undo it by hand", 3)],
            [.. report.Leaks.Select(l => (IReadOnlyList<Cell>)[new(l.Object, Tone.Live, $"cluster {l.Cluster}{(l.Ours ? "" : ", of another installation")}"), new(l.MadeBy), new(l.Problem ?? "still found in the cluster"), new(l.UndoByHand, Tone.Mono)])], ""),
    ]);

    public static Section Proof(ReportDocument report)
    {
        var rows = report.Runs.SelectMany(r => r.Injections.Select(i => (Run: r, Injection: i))).ToList();
        var sent = rows.Where(r => r.Injection.SentAt is not null).ToList();
        return new("Proof of revert", $"read back from the cluster after each revert; {sent.Count(r => r.Injection.Phase == InjectionPhase.Reverted)} of {sent.Count} proved",
        [
            new Table([new("Target", 2.4), new("Effect at the injection", 3), new("Read back at the revert", 3), new("Took", 0.9, IsNumber: true), new("Result", 1.4)], [.. rows.Select(r => Row(r.Run, r.Injection))], "No target was touched."),
        ], NewPage: true);
    }

    private static IReadOnlyList<Cell> Row(ReportRun run, ReportInjection i) =>
    [
        new(i.Target, Tone.Mono, string.Join(", ", new[] { $"run {run.Number}", run.Fault, i.Node }.OfType<string>())),
        Read(i.Effect, i.SentAt is null ? "nothing was sent" : "nothing was read"), Read(i.Evidence, i.Problem ?? "nothing was read back"),
        new(i.RevertMs is { } ms ? Phrases.Span(TimeSpan.FromMilliseconds(ms)) : ""), Phase(i.Phase) with { Meta = Meta(i) },
    ];

    private static Cell Read(Evidence? read, string otherwise) =>
        read is null ? new(otherwise, Tone.Quiet) : new(read.Summary, Tone.Mono, string.Join("; ", new[] { Phrases.Clock(read.At), FactWords.Of(read) }.Where(p => p.Length > 0)));

    private static string? Meta(ReportInjection i)
    {
        var parts = new List<string>();
        if (i.Effect is { Holds: false }) parts.Add("without effect");
        if (i.Evidence?.SupersededBy is { } who) parts.Add($"superseded by {who}");
        if (i.RevertAttempts > 1) parts.Add($"{i.RevertAttempts} attempts");
        if (i is { Phase: InjectionPhase.Leaked, Problem: { } problem }) parts.Add(problem);
        if (i.Phase == InjectionPhase.Leaked && i.UndoByHand is { } undo) parts.Add($"by hand: {undo}");
        return parts.Count == 0 ? null : string.Join("; ", parts);
    }

    private static Cell Phase(InjectionPhase phase) => new(Phrases.Words(phase), phase switch
    {
        InjectionPhase.Reverted => Tone.Proved,
        InjectionPhase.Leaked or InjectionPhase.Active or InjectionPhase.Injecting or InjectionPhase.Reverting => Tone.Live,
        InjectionPhase.WithoutEffect or InjectionPhase.Void => Tone.Attention,
        _ => Tone.Chip,
    });

    public static Section Log(ReportDocument report) => new("Safety log", $"approvals, decisions, aborts, gaps; {(report.Exercise.WasAborted ? "the exercise was aborted" : "no abort of the exercise")}",
    [
        new Table([new("At", 1), new("Kind", 1.4), new("What", 5), new("Who", 2)],
            [.. Approvals(report).Concat(report.Timeline.Where(t => Decisions.Contains(t.Kind)).Select(t => (t.At, Row: Row(report, t)))).OrderBy(r => r.At).Select(r => r.Row)], "Nothing was decided."),
        .. Reason(report),
    ]);

    private static IEnumerable<(DateTimeOffset At, IReadOnlyList<Cell> Row)> Approvals(ReportDocument report) => report.Approvals.Select(a => (a.At, (IReadOnlyList<Cell>)
        [new(Phrases.At(a.At, report.Exercise.StartedAt)), new(a.Approved ? "Approval" : "Sent back", a.Approved ? Tone.Strong : Tone.Attention), new($"Plan {a.PlanHash}{(a.PlanHash == report.Exercise.PlanHash ? "" : ", an earlier version")}{(a.Comment is { Length: > 0 } c ? $": {c}" : "")}"), new(a.Name)]));

    private static IReadOnlyList<Cell> Row(ReportDocument report, ReportEntry t) =>
        [new(Phrases.At(t.At, report.Exercise.StartedAt)), new(t.Kind == EntryKind.ExerciseState ? "Exercise" : Phrases.Words(t.Kind), t.Kind is EntryKind.Abort or EntryKind.Halt or EntryKind.Gap ? Tone.Strong : Tone.None), new(t.Text), new(t.Source)];

    private static IEnumerable<Block> Reason(ReportDocument report)
    {
        if (report.Exercise.WasAborted) yield return new Paragraph($"Why it was aborted: {report.Exercise.AbortReason ?? "no reason was given"}");
    }

    public static Section Policy(ReportDocument report)
    {
        var p = report.Policy;
        return new("Applied policy", p.Name,
        [
            new FactList([
                ("Notice before start", p.NoticeSeconds == 0 ? "none" : Phrases.Span(p.NoticeSeconds)), ("Steady before a fault", Phrases.Span(p.SteadyForSeconds)), ("Steady to count as recovered", Phrases.Span(p.RecoveredForSeconds)),
                ("Steady before all clear", Phrases.Span(p.AllClearForSeconds)), ("People with a hand in it", $"at least {p.MinPeople}{(p.Unattended ? "; may run unattended" : "")}"), ("Largest share of a workload", $"{p.MaxPercent}{Phrases.NoBreak}%"),
                ("Longest fault", Phrases.Span(p.LongestFaultSeconds)), ("Protected namespaces", string.Join(", ", p.ProtectedNamespaces)),
                ("Off limits", report.Exercise.OffLimits.Count == 0 ? "nothing named" : string.Join("; ", report.Exercise.OffLimits))]),
        ]);
    }
}
