using GameDay.Domain.People;
using GameDay.Domain.Plugins;
using GameDay.Domain.Safety;
using static GameDay.Domain.Exercises.ExerciseTrigger;

namespace GameDay.Domain.Exercises;

/// <summary>
/// A planned exercise and its record. State moves only through <see cref="ExerciseLifecycle"/>; every change is on the timeline.
/// Loaded under the row lock (locks always exercise → run → injection), so that <see cref="LastSeq"/> has no gaps.
/// </summary>
public sealed partial class Exercise
{
    private readonly List<TimelineEntry> _timeline = [];
    private readonly List<OutboxMessage> _outbox = [];
    private readonly List<Approval> _approvals = [];
    private readonly List<ApprovedTargets> _targets = [];

    private Exercise() { }

    public Exercise(Guid id, ExercisePlan plan, Actor author, DateTimeOffset at)
    {
        Id = id;
        AuthorId = author.PersonId;
        AuthorName = author.Name;
        CreatedAt = at;
        Adopt(plan);
        Record(EntryKind.ExerciseState, author, $"Drafted: {plan.Title}");
    }

    public Guid Id { get; private set; }
    public string Title { get; private set; } = "";
    public ExerciseState State { get; private set; }
    public ExercisePlan Plan { get; private set; } = null!;
    public string PlanHash { get; private set; } = "";
    public Policy Policy { get; private set; } = null!;
    public Guid? AuthorId { get; private set; }
    public string AuthorName { get; private set; } = "";
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? StartsAt { get; private set; }
    public DateTimeOffset? EndsAt { get; private set; }
    public DateTimeOffset? StartedAt { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }
    public bool WasAborted { get; private set; }
    public string? AbortReason { get; private set; }
    public long LastSeq { get; private set; }
    public IReadOnlyList<Approval> Approvals => _approvals;
    /// <summary>Resolved list shown to the approvers and frozen with the approval.</summary>
    public IReadOnlyList<ApprovedTargets> Targets => _targets;
    public IReadOnlyList<TimelineEntry> NewEntries => _timeline;
    public IReadOnlyList<OutboxMessage> NewMessages => _outbox;

    public bool IsLive => ExerciseLifecycle.IsLive(State);

    /// <summary>Appends to the timeline.</summary>
    public TimelineEntry Record(EntryKind kind, Actor by, string text, Guid? runId = null, Guid? clientKey = null)
    {
        if (text.Length > TimelineEntry.LongestText)
            throw new RuleBroken("NoteTooLong", $"A note holds at most {TimelineEntry.LongestText:N0} characters; this one has {text.Length:N0}. Shorten it or link to a document; your text is kept in the box.");
        var entry = new TimelineEntry(Id, ++LastSeq, kind, by.Shown, text, runId, by.PersonId, clientKey);
        _timeline.Add(entry);
        return entry;
    }

    /// <summary>Queues a notice to the exercise's channel; it commits with the change that caused it.</summary>
    public void Notify(NoticeKind kind, string text)
    {
        _outbox.Add(new OutboxMessage(Guid.CreateVersion7(), Id, Plan.Channel, kind, text));
        Record(EntryKind.Notice, Actor.Engine, $"Notice to {Plan.Channel}: {FirstLine(text)}");
    }

    private void Move(ExerciseTrigger on, Actor by, string text)
    {
        State = ExerciseLifecycle.Next(State, on);
        Record(EntryKind.ExerciseState, by, text);
    }

    private void Adopt(ExercisePlan plan)
    {
        Plan = plan;
        Title = plan.Title;
        PlanHash = plan.Hash();
        Policy = Policy.Named(plan.Policy);
        StartsAt = plan.StartsAt;
        EndsAt = plan.EndsAt;
    }

    private static string FirstLine(string text) => text.Split('\n', 2)[0];
}
