using System.Text;
using GameDay.Data;
using GameDay.Domain.Exercises;
using GameDay.Domain.Findings;
using GameDay.Domain.People;
using GameDay.Domain.Plugins;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Engine.Outbox;

/// <summary>Files a finding into its tracker. The issue carries the finding's marker and is looked up by it, so that a lost answer creates nothing twice.</summary>
internal sealed class IssueFiler(IDbContextFactory<GameDayDbContext> databases, IEnumerable<ITracker> trackers, EngineOptions options, TimeProvider clock)
{
    public async Task<Action<OutboxMessage>> FileAsync(OutboxMessage message, CancellationToken ct)
    {
        var vendor = message.Channel[(message.Channel.IndexOf(':', StringComparison.Ordinal) + 1)..];
        var tracker = trackers.FirstOrDefault(t => t.IsConfigured && string.Equals(t.Vendor, vendor, StringComparison.OrdinalIgnoreCase))
            ?? throw new VendorRefused($"Tracker '{vendor}' is not configured on this installation. Configure it, then file the finding again.");
        var draft = await DraftAsync(message, ct);
        var issue = await tracker.FindAsync(draft.Marker, ct) ?? await tracker.WriteAsync(draft, ct);
        await ChangeAsync(message, (finding, exercise) =>
        {
            finding.Filed(issue);
            exercise.Record(EntryKind.Finding, Actor.Engine, $"Finding '{finding.Title}' is filed as {issue.Key}: {issue.Url}", finding.RunId);
        }, ct);
        return m => m.Sent(issue.Key, clock.GetUtcNow());
    }

    public Task FailedAsync(OutboxMessage message, string problem, CancellationToken ct) => ChangeAsync(message, (finding, exercise) =>
    {
        finding.FilingFailed(problem);
        exercise.Record(EntryKind.Finding, Actor.Engine, $"Finding '{finding.Title}' could not be filed: {problem}", finding.RunId);
    }, ct);

    public async Task DelayedAsync(OutboxMessage message, string problem, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        (await db.Findings.SingleAsync(f => f.Id == message.FindingId, ct)).FilingDelayed(problem);
        await db.SaveChangesAsync(ct);
    }

    private async Task ChangeAsync(OutboxMessage message, Action<Finding, Exercise> change, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var unit = await db.LockAsync(message.ExerciseId, ct);
        change(await db.Findings.SingleAsync(f => f.Id == message.FindingId, ct), unit.Exercise);
        await unit.CommitAsync(ct);
    }

    private async Task<IssueDraft> DraftAsync(OutboxMessage message, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var finding = await db.Findings.AsNoTracking().SingleAsync(f => f.Id == message.FindingId, ct);
        var exercise = await db.Exercises.AsNoTracking().SingleAsync(e => e.Id == message.ExerciseId, ct);
        var evidence = finding.Evidence.ToList();
        var notes = await db.Timeline.AsNoTracking().Where(t => t.ExerciseId == message.ExerciseId && evidence.Contains(t.Seq)).OrderBy(t => t.Seq).ToListAsync(ct);
        return new IssueDraft(finding.Marker, finding.Title, Body(finding, exercise, notes), [.. Labels(finding)]);
    }

    private string Body(Finding finding, Exercise exercise, List<TimelineEntry> notes)
    {
        var text = new StringBuilder().AppendLine(finding.Statement).AppendLine();
        text.Append("Seen in the exercise **").Append(exercise.Title).Append("** on ").AppendFormat("{0:yyyy-MM-dd}", exercise.StartedAt ?? exercise.CreatedAt).AppendLine(".");
        if (finding.Priority is { } priority) text.Append("Priority ").Append(priority).Append(" (").Append(finding.Severity).Append(", ").Append(finding.Likelihood).AppendLine(").");
        text.AppendLine().AppendLine("Evidence:");
        foreach (var note in notes) text.AppendFormat("- {0:HH:mm:ss} UTC, {1}: ", note.At, note.Source).AppendLine(note.Text.ReplaceLineEndings(" "));
        if (options.PublicAddress is { } home) text.AppendLine().Append("Back to the exercise: ").Append(new Uri(home, $"exercises/{exercise.Id}")).AppendLine();
        return text.AppendLine().Append(finding.Marker).ToString();
    }

    private static IEnumerable<string> Labels(Finding finding) => finding.Priority is { } p ? ["gameday", p.ToString()] : ["gameday"];
}
