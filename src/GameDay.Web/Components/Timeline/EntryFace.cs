using GameDay.Domain.Exercises;

namespace GameDay.Web.Components.Timeline;

/// <summary>The one switch from a kind of entry to its word, icon and tone. Red only for a fault going in or Abort, green only for a proof.</summary>
public sealed record EntryFace(string Word, string Icon, string Tone = "")
{
    private const string Attn = "attn", Live = "live", Proved = "proved";

    public static EntryFace Of(EntryKind kind) => kind switch
    {
        EntryKind.ExerciseState => new("Exercise", "play"),
        EntryKind.RunState => new("Run", "pulse"),
        EntryKind.Injection => new("Fault", "bolt", Live),
        EntryKind.Proof => new("Read back", "shield", Proved),
        EntryKind.ProbeOut => new("Probe out of tolerance", "alert", Attn),
        EntryKind.ProbeBack => new("Probe back in tolerance", "pulse"),
        EntryKind.ProbeMissing => new("Probe has no data", "alert", Attn),
        EntryKind.Alert => new("Alert", "bell", Attn),
        EntryKind.Notice => new("Notice", "chat"),
        EntryKind.Gap => new("Gap", "dashed", Attn),
        EntryKind.Halt => new("Halt all", "stop", Live),
        EntryKind.Abort => new("Abort", "stop", Live),
        EntryKind.Approval => new("Approval", "check"),
        EntryKind.Finding => new("Finding", "flag"),
        EntryKind.Detection => new("detection", "eye"),
        EntryKind.Acknowledged => new("acknowledged", "check"),
        EntryKind.Mitigated => new("mitigated", "check-circle"),
        EntryKind.Action => new("action", "play"),
        EntryKind.Decision => new("decision", "scale"),
        EntryKind.Believed => new("what they believed", "chat"),
        EntryKind.Confusion => new("confusion", "question"),
        EntryKind.Surprise => new("surprise", "spark"),
        EntryKind.WorkedWell => new("worked well", "star"),
        EntryKind.RunbookGap => new("runbook gap", "book"),
        EntryKind.AlertNoise => new("alert noise", "bell"),
        EntryKind.Communication => new("communication", "chat"),
        EntryKind.Impact => new("impact", "users"),
        EntryKind.GotLucky => new("got lucky", "star"),
        EntryKind.Safety => new("safety", "shield"),
        _ => new("note", "edit"),
    };
}
