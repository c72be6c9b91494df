using GameDay.Domain.Exercises;
using GameDay.Web.Reports.Composition;

namespace GameDay.Web.Reports.Content;

/// <summary>Decides what stands where; the formats only draw.</summary>
public static class ContentWriter
{
    public static ReportContent Write(ReportDocument report) => new(
        report.Exercise.Title,
        [
            Phrases.Words(report.Exercise.State), Phrases.Window(report.Exercise.StartedAt, report.Exercise.EndedAt), $"cluster {report.Exercise.Cluster}",
            $"policy {report.Policy.Name}", $"by {report.Exercise.Author}",
        ],
        FirstPageWriter.Write(report), [.. Sections(report)],
        $"Exercise {report.Exercise.Id}, plan {report.Exercise.PlanHash}, written {Phrases.Day(report.WrittenAt)} by GameDay. All times are UTC.");

    private static IEnumerable<Section> Sections(ReportDocument report)
    {
        if (report.Leaks.Count > 0) yield return SafetySections.Leaks(report);
        yield return VerdictSections.Verdicts(report);
        if (VerdictSections.Timings(report) is { } timings) yield return timings;
        foreach (var run in report.Runs.Where(r => r.Timeline.BaselineAt is not null || r.Injections.Count > 0)) yield return RunSection.Write(run);
        yield return SafetySections.Proof(report);
        yield return PeopleSections.Findings(report);
        yield return PeopleSections.Notes(report);
        yield return SafetySections.Log(report);
        yield return SafetySections.Policy(report);
        yield return PeopleSections.Notices(report);
        yield return PeopleSections.Timeline(report);
    }

    /// <summary>What people said, as opposed to what GameDay did.</summary>
    public static bool IsNote(ReportEntry entry) => TimelineEntry.IsNoteKind(entry.Kind);
}
