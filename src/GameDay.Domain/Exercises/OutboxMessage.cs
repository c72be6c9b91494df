using GameDay.Domain.Plugins;

namespace GameDay.Domain.Exercises;

public enum OutboxState { Waiting, Sent, Readable, Dropped, Failed }

/// <summary>A message that commits with the state change that caused it. Sent at least once, in order per channel; Halt and Abort overtake.</summary>
public sealed class OutboxMessage
{
    private OutboxMessage() { }

    internal OutboxMessage(Guid id, Guid exerciseId, string channel, NoticeKind kind, string text)
    {
        Id = id;
        ExerciseId = exerciseId;
        Channel = channel;
        Kind = kind;
        Text = text;
        Urgent = kind is NoticeKind.Aborted or NoticeKind.Leak;
    }

    public OutboxMessage(Guid id, Guid exerciseId, Guid findingId, string tracker)
    {
        Id = id;
        ExerciseId = exerciseId;
        FindingId = findingId;
        Channel = $"tracker:{tracker}";
    }

    public Guid Id { get; private set; }
    /// <summary>Order of arrival, from a database sequence.</summary>
    public long Number { get; private set; }
    public Guid ExerciseId { get; private set; }
    /// <summary>Set when the message files a finding into a tracker instead of telling people something.</summary>
    public Guid? FindingId { get; private set; }
    public string Channel { get; private set; } = "";
    public NoticeKind Kind { get; private set; }
    public string Text { get; private set; } = "";
    public bool Urgent { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public OutboxState State { get; private set; }
    public int Attempts { get; private set; }
    public DateTimeOffset? NextAttemptAt { get; private set; }
    public DateTimeOffset? SentAt { get; private set; }
    public string? Reference { get; private set; }
    public string? Problem { get; private set; }

    /// <summary>An attempt begins; from now on an answer may be lost, so the next attempt looks the message up first.</summary>
    public void Try() => Attempts++;

    public void Sent(string reference, DateTimeOffset at) { State = OutboxState.Sent; Reference = reference; SentAt = at; Problem = null; }

    /// <summary>No notifier is configured: people read it in the app.</summary>
    public void OnlyReadable(DateTimeOffset at) { State = OutboxState.Readable; SentAt = at; }

    public void RetryAt(DateTimeOffset at, string problem) { NextAttemptAt = at; Problem = problem; }

    public void Failed(string problem) { State = OutboxState.Failed; Problem = problem; }

    public void Drop(string why) { State = OutboxState.Dropped; Problem = why; }
}
