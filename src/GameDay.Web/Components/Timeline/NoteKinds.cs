using GameDay.Domain.Exercises;

namespace GameDay.Web.Components.Timeline;

/// <summary>The nine kinds the note box offers, in the order of their keys 1-9.</summary>
public static class NoteKinds
{
    public static readonly IReadOnlyList<(EntryKind Kind, string Word)> Offered =
    [
        (EntryKind.Detection, "Detection"), (EntryKind.Action, "Action"), (EntryKind.Decision, "Decision"),
        (EntryKind.Believed, "Believed"), (EntryKind.Confusion, "Confusion"), (EntryKind.Surprise, "Surprise"),
        (EntryKind.WorkedWell, "Worked well"), (EntryKind.RunbookGap, "Runbook gap"), (EntryKind.Impact, "Impact"),
    ];

    /// <summary>Any note kind by name; a plain note when nothing was chosen; null for a word that is no note kind.</summary>
    public static EntryKind? Named(string? name) =>
        string.IsNullOrEmpty(name) ? EntryKind.Note
        : name.All(char.IsAsciiLetter) && Enum.TryParse<EntryKind>(name, ignoreCase: true, out var kind) && TimelineEntry.IsNoteKind(kind) ? kind
        : null;
}
