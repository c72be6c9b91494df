using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.Findings;
using GameDay.Web.Components.Timeline;
using GameDay.Web.Reports;
using Microsoft.AspNetCore.Components;

namespace GameDay.Web.Features.Reports;

/// <summary>Page one, for people with one minute.</summary>
public sealed partial class ReportSummary
{
    private static readonly EntryKind[] Telling = [EntryKind.Surprise, EntryKind.Detection, EntryKind.WorkedWell, EntryKind.GotLucky, EntryKind.RunbookGap, EntryKind.Impact];

    [Parameter, EditorRequired] public ReportDocument Report { get; set; } = null!;

    private string Lead => Report.Exercise.Goal.Length > 0 ? Report.Exercise.Goal.TrimEnd('.') + "." : $"{Report.Runs.Count} experiments were run.";

    /// <summary>The least comforting verdict comes first.</summary>
    private string News => Report.Runs.OrderBy(r => r.Verdict switch { Verdict.NotHeld => 0, Verdict.Aborted => 1, Verdict.Inconclusive => 2, Verdict.Held => 3, _ => 4 }).First() switch
    {
        { Verdict: Verdict.NotHeld } bad => $"“{bad.Title}” did not hold: {bad.Reason}",
        { Verdict: Verdict.Aborted } aborted => $"“{aborted.Title}” was aborted{(aborted.AbortedBy is null ? "" : $" by {aborted.AbortedBy}")}.",
        { Verdict: Verdict.Inconclusive } unclear => $"“{unclear.Title}” is inconclusive: {unclear.Reason}",
        { Verdict: Verdict.Held } => "Every hypothesis that was judged held.",
        _ => "No verdict yet.",
    };

    private IEnumerable<ReportInjection> Injections => Report.Runs.SelectMany(r => r.Injections).Where(i => i.Phase is not (InjectionPhase.Void or InjectionPhase.Planned));

    private int Sent => Injections.Count();

    private int Proved => Injections.Count(i => i.Phase == InjectionPhase.Reverted);

    private List<ReportEntry> Noted => [.. Report.Timeline.Where(e => e.ByPerson && Telling.Contains(e.Kind)).Take(4)];

    private List<ReportFinding> Asks => [.. Report.Findings.Where(f => f.Kind == FindingKind.Weakness).OrderBy(f => f.Priority is null).ThenBy(f => f.Priority).Take(3)];

    private int Count(Verdict verdict) => Report.Runs.Count(r => r.Verdict == verdict);

    private static string Words(ReportEntry note) => EntryFace.Of(note.Kind).Word;
}
