using GameDay.Domain.People;
using GameDay.Domain.Plugins;
using static GameDay.Domain.Exercises.ExerciseTrigger;

namespace GameDay.Domain.Exercises;

/// <summary>From go to published.</summary>
public sealed partial class Exercise
{
    public void Go(Actor by, DateTimeOffset at)
    {
        PlanRules.Check(PlanRules.ApprovalIsForThisPlan(this), PlanRules.NoticeWasGiven(this, at), PlanRules.EnoughPeople(this, by));
        Move(ExerciseTrigger.Go, by, "Go: the exercise is live");
        StartedAt = at;
        Notify(NoticeKind.Started, Notices.Started(this, by));
    }

    public void Pause(string? reason, Actor by)
    {
        Move(ExerciseTrigger.Pause, by, $"Paused{(string.IsNullOrWhiteSpace(reason) ? "" : $": {reason}")}; nothing new starts");
        Notify(NoticeKind.Paused, Notices.Paused(this, by, reason));
    }

    public void Resume(Actor by)
    {
        Move(ExerciseTrigger.Resume, by, "Resumed");
        Notify(NoticeKind.Resumed, Notices.Resumed(this, by));
    }

    /// <summary>Anyone may; the reason may come afterwards. Aborting twice is not an error.</summary>
    public void Abort(string? reason, Actor by)
    {
        if (State is ExerciseState.Aborting or ExerciseState.WindingDown) { AbortReason ??= reason; return; }
        Move(ExerciseTrigger.Abort, by, $"Abort{(string.IsNullOrWhiteSpace(reason) ? "" : $": {reason}")}");
        WasAborted = true;
        AbortReason = reason;
        Notify(NoticeKind.Aborted, Notices.Aborted(this, by, reason));
    }

    public void GiveAbortReason(string reason, Actor by)
    {
        AbortReason = reason;
        Record(EntryKind.Decision, by, $"Why it was aborted: {reason}");
    }

    public void RunsEnded() => Move(ExerciseTrigger.RunsEnded, Actor.Engine, "All runs have ended");

    public void Finish(Actor by) => Move(ExerciseTrigger.Finish, by, "Winding down: no further experiment starts");

    /// <param name="leftovers">Fault objects still found in the cluster; any of them refuses the all clear.</param>
    public void AllClear(IReadOnlyList<Leftover> leftovers, Actor by, DateTimeOffset at, string summary)
    {
        PlanRules.Check(PlanRules.NothingLeftBehind(leftovers));
        Move(ExerciseTrigger.AllClear, by, "All clear: no fault left, steady state verified");
        EndedAt = at;
        Notify(NoticeKind.AllClear, Notices.AllClear(this, at));
        Notify(NoticeKind.Summary, Notices.Summary(this, summary));
    }

    /// <summary>The signed way out where no all clear can be given: a named person takes over what is left, as a real incident.</summary>
    /// <param name="left">What is still there, in words.</param>
    public void HandOver(string reason, IReadOnlyList<string> left, Actor by, DateTimeOffset at)
    {
        PlanRules.Check(PlanRules.IncidentIsSigned(reason), PlanRules.SomethingIsLeft(left));
        Record(EntryKind.Decision, by, $"Declared a real incident: {reason}. Left behind: {string.Join("; ", left)}");
        Move(ExerciseTrigger.HandOver, by, $"Ended without an all clear, signed by {by.Name}: {reason}");
        EndedAt = at;
        Notify(NoticeKind.Leak, Notices.HandedOver(this, by, reason, left));
    }

    public void Publish(Actor by, int untriaged)
    {
        PlanRules.Check(PlanRules.EveryFindingIsTriaged(untriaged));
        Move(ExerciseTrigger.Publish, by, "Report published");
    }

    public void Close(Actor by) => Move(ExerciseTrigger.Close, by, "Closed");
}
