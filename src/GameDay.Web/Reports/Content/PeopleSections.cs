using GameDay.Domain.Exercises;
using GameDay.Domain.Findings;
using GameDay.Web.Reports.Composition;

namespace GameDay.Web.Reports.Content;

/// <summary>What people found, noted and were told.</summary>
internal static class PeopleSections
{
    public static Section Findings(ReportDocument report) => new("Findings", Phrases.Count(report.Findings.Count, "finding", "findings"),
    [
        new Table([new("Finding", 4), new("Severity × likelihood", 2.2), new("Priority", 1), new("Ends as", 2)], [.. report.Findings.Select(Row)], "No finding yet. They are made from notes in the debrief; fixes are decided at least two working days later."),
    ]);

    private static IReadOnlyList<Cell> Row(ReportFinding f) =>
    [
        new(f.Title, Tone.Strong, string.Join(" · ", new[] { f.Statement.Length > 0 ? f.Statement : null, Phrases.Count(f.Evidence.Count, "observation", "observations") + $" ({string.Join(", ", f.Evidence.Select(e => $"#{e}"))})", f.Run is { } run ? $"run {run}" : null, f.By }.OfType<string>())),
        f.Kind == FindingKind.Strength ? new("Strength") : new(f is { Severity: { } s, Likelihood: { } l } ? $"{(int)s} {Phrases.Words(s)} × {Phrases.Words(l).ToLowerInvariant()}" : "not ranked yet", f.Severity is null ? Tone.Attention : Tone.None),
        f.Priority is { } p ? new(p.ToString(), Enum.Parse<Tone>(p.ToString())) : new(f.Kind == FindingKind.Strength ? "Keep" : "", Tone.Chip),
        f.IssueKey is { } key ? new($"{f.Tracker} {key}", Tone.None, f.IssueStatus, f.IssueUrl) : new(f.Filing switch { FilingState.Queued => "on its way to the tracker", FilingState.Failed => "could not be filed", _ => f.Kind == FindingKind.Strength ? "nothing to fix" : "not filed yet" }, Tone.Quiet, f.FilingProblem),
    ];

    public static Section Notes(ReportDocument report)
    {
        var notes = report.Timeline.Where(ContentWriter.IsNote).ToList();
        return new("Notes", Phrases.Count(notes.Count, "note", "notes"),
        [
            new Table([new("At", 1), new("Kind", 1.3), new("Note", 5), new("Who", 2)],
                [.. notes.Select(n => (IReadOnlyList<Cell>)[new(Phrases.At(n.At, report.Exercise.StartedAt), Tone.None, $"#{n.Seq}{(n.Run is { } run ? $", run {run}" : "")}"), new(Phrases.Words(n.Kind), Tone.Strong), new(n.Text), new(n.Source)])], "Nobody wrote a note."),
        ]);
    }

    public static Section Notices(ReportDocument report) => new("Notices sent", Phrases.Count(report.Notices.Count, "notice", "notices"),
    [
        new Table([new("At", 1), new("Notice", 1.3), new("Text", 5), new("Channel", 2)],
            [.. report.Notices.Select(n => (IReadOnlyList<Cell>)[new(Phrases.At(n.SentAt ?? n.At, report.Exercise.StartedAt)), new(Phrases.Words(n.Kind), Tone.Strong), new(n.Text), new(n.Channel, Tone.None, State(n))])], "Nobody was told anything."),
    ]);

    private static string State(ReportNotice n) => n.State switch
    {
        OutboxState.Readable => "readable in the app, no notifier is configured",
        OutboxState.Sent => "sent",
        OutboxState.Waiting => $"waiting{(n.Problem is { } p ? $": {p}" : "")}",
        _ => $"{Phrases.Words(n.State).ToLowerInvariant()}{(n.Problem is { } p ? $": {p}" : "")}",
    };

    public static Section Timeline(ReportDocument report) => new("Timeline", $"{Phrases.Count(report.Timeline.Count, "entry", "entries")}, in the database's time and without gaps in their numbers",
    [
        new Table([new("#", 0.5, IsNumber: true), new("At", 1), new("Kind", 1.3), new("What", 5), new("Who", 2)],
            [.. report.Timeline.Select(t => (IReadOnlyList<Cell>)[new($"{t.Seq}", Tone.Quiet), new(Phrases.At(t.At, report.Exercise.StartedAt)), new(Phrases.Words(t.Kind)), new(t.Text, ContentWriter.IsNote(t) ? Tone.Strong : Tone.None), new(t.Source, Tone.Quiet)])], "Nothing happened yet."),
    ], NewPage: true);
}
