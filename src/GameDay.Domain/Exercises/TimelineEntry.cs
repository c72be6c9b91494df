namespace GameDay.Domain.Exercises;

/// <summary>Machine kinds come first; people's notes start at <see cref="Note"/>.</summary>
public enum EntryKind
{
    ExerciseState, RunState, Injection, Proof, ProbeOut, ProbeBack, ProbeMissing, Alert, Notice, Gap, Halt, Abort, Approval, Finding,
    Note, Detection, Acknowledged, Mitigated, Action, Decision, Believed, Confusion, Surprise, WorkedWell, RunbookGap, AlertNoise, Communication, Impact, GotLucky, Safety,
}

/// <summary>One thing that happened, append-only. <see cref="Seq"/> has no gaps within its exercise; <see cref="At"/> comes from the database clock.</summary>
public sealed class TimelineEntry
{
    /// <summary>Longest note that is kept, in characters; longer ones are refused, not cut.</summary>
    public const int LongestText = 4000;

    private TimelineEntry() { }

    internal TimelineEntry(Guid exerciseId, long seq, EntryKind kind, string source, string text, Guid? runId, Guid? personId, Guid? clientKey = null)
    {
        ExerciseId = exerciseId;
        Seq = seq;
        Kind = kind;
        Source = source;
        Text = text;
        RunId = runId;
        PersonId = personId;
        ClientKey = clientKey;
    }

    public Guid ExerciseId { get; private set; }
    public long Seq { get; private set; }
    public DateTimeOffset At { get; private set; }
    public Guid? RunId { get; private set; }
    public EntryKind Kind { get; private set; }
    /// <summary>A person's name and role, or the part of GameDay that speaks.</summary>
    public string Source { get; private set; } = "";
    public Guid? PersonId { get; private set; }
    public string Text { get; private set; } = "";

    /// <summary>Given by the writer's browser; the same key again is the same note, so a resend after a lost answer adds nothing.</summary>
    public Guid? ClientKey { get; private set; }

    public bool IsByPerson => PersonId is not null;

    public static bool IsNoteKind(EntryKind kind) => kind >= EntryKind.Note;
}
