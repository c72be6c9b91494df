using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;

namespace GameDay.Web.Reports.Composition;

/// <summary>Records in, report out. Pure: the same records give the same report.</summary>
public static class ReportComposer
{
    public static ReportDocument Compose(ReportSources sources)
    {
        var exercise = sources.Exercise;
        var numbers = sources.Runs.ToDictionary(r => r.Id, r => r.Number);
        var timeline = sources.Timeline.OrderBy(t => t.Seq).Select(t => Entry(t, numbers)).ToList();
        return new ReportDocument
        {
            Exercise = new(exercise.Id, exercise.Title, exercise.State, exercise.StartedAt, exercise.EndedAt, exercise.Plan.Type, exercise.Plan.Goal, exercise.Plan.Cluster, exercise.Plan.Channel,
                exercise.AuthorName, exercise.CreatedAt, exercise.PlanHash, exercise.WasAborted, exercise.AbortReason, exercise.Plan.OffLimits),
            Policy = PolicyOf(exercise),
            Runs = [.. sources.Runs.OrderBy(r => r.Number).Select(r => RunComposer.Compose(sources, r, timeline))],
            Observations = [.. timeline.Where(IsObservation)],
            Findings = [.. sources.Findings.OrderBy(f => f.Priority ?? Domain.Findings.Priority.P3).ThenBy(f => f.CreatedAt).Select(f => Finding(f, numbers))],
            Leaks = Leaks(sources),
            Predictions = [.. exercise.Plan.Experiments.Select(e => Prediction(e, exercise.AuthorName))],
            Approvals = [.. exercise.Approvals.Select(a => new ReportApproval(a.Name, a.At, a.PlanHash, a.Approved, a.Comment))],
            Notices = [.. sources.Outbox.Where(m => m.FindingId is null).OrderBy(m => m.Number).Select(m => new ReportNotice(m.CreatedAt, m.Kind, m.Channel, m.State, m.Text, m.SentAt, m.Problem))],
            Timeline = timeline,
            WrittenAt = sources.Now,
        };
    }

    private static ReportPolicy PolicyOf(Exercise exercise)
    {
        var p = exercise.Policy;
        return new(p.Name, p.Notice.TotalSeconds, p.SteadyFor.TotalSeconds, p.RecoveredFor.TotalSeconds, p.AllClearFor.TotalSeconds,
            p.MinPeople, p.Unattended, p.MaxPercent, p.LongestFault.TotalSeconds, p.ProtectedNamespaces);
    }

    private static ReportEntry Entry(TimelineEntry t, Dictionary<Guid, int> numbers) =>
        new(t.Seq, t.At, t.Kind, t.Source, t.Text, t.RunId is { } run && numbers.TryGetValue(run, out var number) ? number : null, t.IsByPerson);

    private static bool IsObservation(ReportEntry entry) =>
        TimelineEntry.IsNoteKind(entry.Kind) || entry.Kind is EntryKind.Alert or EntryKind.ProbeOut or EntryKind.ProbeBack or EntryKind.ProbeMissing or EntryKind.Gap;

    private static ReportFinding Finding(Domain.Findings.Finding f, Dictionary<Guid, int> numbers) => new(
        f.Id, f.Kind, f.Title, f.Statement, f.RunId is { } run && numbers.TryGetValue(run, out var number) ? number : null, f.Severity, f.Likelihood, f.Priority, f.Evidence,
        f.CreatedBy, f.CreatedAt, f.Filing, f.Tracker, f.IssueKey, f.IssueUrl, f.IssueStatus, f.FilingProblem);

    private static ReportPrediction Prediction(ExperimentPlan e, string by) =>
        new(e.Key, by, e.Expect.Impact, e.Expect.Response, e.Expect.NoticedBy, e.Expect.DetectWithin?.TotalSeconds, e.Expect.Alerts);

    /// <summary>Injections that are not proved gone, and what a sweep found besides.</summary>
    private static List<ReportLeak> Leaks(ReportSources sources) =>
    [
        .. sources.Runs.SelectMany(r => r.Injections).Where(i => i.Phase == InjectionPhase.Leaked).Select(i => new ReportLeak(
            i.Target.Cluster, $"{i.Kind} on {i.Target.Namespace}/{i.Target.Name}", $"injection {i.ShortId}", Ours: true, i.Problem, i.Undo?.InWords ?? "see the fault's runbook page")),
        .. sources.Leftovers.Select(l => new ReportLeak(l.Cluster, l.Object, l.MadeBy, l.Ours, Problem: null, l.UndoByHand)),
    ];
}
