using static GameDay.Domain.Exercises.ExerciseState;
using static GameDay.Domain.Exercises.ExerciseTrigger;

namespace GameDay.Domain.Exercises;

public enum ExerciseState
{
    Draft, InReview, Approved, Briefing, Running, Paused, Aborting, WindingDown, Debriefing, Published, Closed, Cancelled, Postponed,
}

public enum ExerciseTrigger { Submit, Reject, Edit, Approve, Brief, NoGo, Reschedule, Go, Pause, Resume, Finish, Abort, RunsEnded, AllClear, HandOver, Publish, Close, Cancel }

/// <summary>The one table of exercise states (design §4). What is not listed throws.</summary>
public static class ExerciseLifecycle
{
    private static readonly Dictionary<(ExerciseState, ExerciseTrigger), ExerciseState> Moves = new()
    {
        [(Draft, Submit)] = InReview,
        [(InReview, Reject)] = Draft,
        [(InReview, Edit)] = Draft,
        [(InReview, Approve)] = Approved,
        [(Approved, Edit)] = InReview,
        [(Approved, Brief)] = Briefing,
        [(Briefing, Edit)] = InReview,
        [(Briefing, NoGo)] = Postponed,
        [(Postponed, Reschedule)] = Approved,
        [(Postponed, Edit)] = InReview,
        [(Briefing, Go)] = Running,
        [(Running, Pause)] = Paused,
        [(Paused, Resume)] = Running,
        [(Running, Finish)] = WindingDown,
        [(Paused, Finish)] = WindingDown,
        [(Running, ExerciseTrigger.Abort)] = Aborting,
        [(Paused, ExerciseTrigger.Abort)] = Aborting,
        [(Aborting, RunsEnded)] = WindingDown,
        [(WindingDown, AllClear)] = Debriefing,
        [(WindingDown, HandOver)] = Debriefing,
        [(Debriefing, Publish)] = Published,
        [(Published, Close)] = Closed,
        [(Draft, Cancel)] = Cancelled,
        [(InReview, Cancel)] = Cancelled,
        [(Approved, Cancel)] = Cancelled,
        [(Briefing, Cancel)] = Cancelled,
        [(Postponed, Cancel)] = Cancelled,
    };

    public static ExerciseState Next(ExerciseState from, ExerciseTrigger on) =>
        Moves.TryGetValue((from, on), out var to) ? to : throw new IllegalMove("The exercise", from, on);

    public static bool Allows(ExerciseState from, ExerciseTrigger on) => Moves.ContainsKey((from, on));

    /// <summary>Faults may be in place in these states: the plan is frozen, Abort is offered.</summary>
    public static bool IsLive(ExerciseState state) => state is Running or Paused or Aborting or WindingDown;
}
