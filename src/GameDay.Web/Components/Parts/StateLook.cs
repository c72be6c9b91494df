using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;

namespace GameDay.Web.Components.Parts;

/// <summary>The one switch from a state to its word, icon and kind of chip. Red only for a fault in place, green only for what was proved.</summary>
public sealed record StateLook(string Word, string Icon, string Tone = "")
{
    private const string Now = "now-on", Attn = "attn", Live = "live", Proved = "proved", Open = "open";

    public static StateLook Of(ExerciseState state) => state switch
    {
        ExerciseState.Draft => new("Draft", "edit"),
        ExerciseState.InReview => new("In review", "eye", Now),
        ExerciseState.Approved => new("Approved", "check"),
        ExerciseState.Briefing => new("Briefing", "chat", Now),
        ExerciseState.Running => new("Running", "play", Now),
        ExerciseState.Paused => new("Paused", "pause", Attn),
        ExerciseState.Aborting => new("Aborting", "stop", Live),
        ExerciseState.WindingDown => new("Winding down", "undo", Now),
        ExerciseState.Debriefing => new("Debriefing", "chat"),
        ExerciseState.Published => new("Published", "report"),
        ExerciseState.Closed => new("Closed", "lock"),
        ExerciseState.Postponed => new("Postponed", "clock", Open),
        _ => new("Cancelled", "x", Open),
    };

    public static StateLook Of(RunState state) => state switch
    {
        RunState.Planned => new("Planned", "dashed", Open),
        RunState.Armed => new("Armed", "target", Now),
        RunState.Baseline => new("Baseline", "pulse", Now),
        RunState.Injecting => new("Injecting", "bolt", Live),
        RunState.Observing => new("Observing", "bolt", Live),
        RunState.Reverting => new("Reverting", "undo", Live),
        RunState.Recovering => new("Recovering", "pulse", Now),
        RunState.Done => new("Done", "check"),
        RunState.NotRecovered => new("Not recovered", "alert", Attn),
        RunState.Leaked => new("Leaked", "leak", Live),
        RunState.Refused => new("Refused", "x", Open),
        RunState.Skipped => new("Skipped", "x", Open),
        _ => new("Cancelled", "x", Open),
    };

    public static StateLook Of(InjectionPhase phase) => phase switch
    {
        InjectionPhase.Planned => new("Planned", "dashed", Open),
        InjectionPhase.Injecting => new("Injecting", "bolt", Live),
        InjectionPhase.Active => new("Active", "bolt", Live),
        InjectionPhase.WithoutEffect => new("Without effect", "alert", Attn),
        InjectionPhase.Reverting => new("Reverting", "undo", Live),
        InjectionPhase.Reverted => new("Reverted", "shield", Proved),
        InjectionPhase.Leaked => new("Leaked", "leak", Live),
        _ => new("Void", "x", Open),
    };

    /// <summary>Verdicts speak by shape; the tone is the class of <c>.verdict</c>.</summary>
    public static StateLook Of(Verdict verdict) => verdict switch
    {
        Verdict.Held => new("Held", "check-circle", "held"),
        Verdict.NotHeld => new("Not held", "not", "not-held"),
        Verdict.Inconclusive => new("Inconclusive", "question", "inconclusive"),
        _ => new("Aborted", "stop", "aborted"),
    };
}
