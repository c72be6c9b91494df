using GameDay.Domain.Exercises;
using Microsoft.AspNetCore.Components;
using static GameDay.Domain.Exercises.ExerciseState;

namespace GameDay.Web.Components.Parts;

/// <summary>The exercise's way, read left to right; a detour takes the place of the step it interrupts.</summary>
public sealed partial class Lifecycle
{
    private static readonly ExerciseState[] Straight = [Draft, InReview, Approved, Briefing, Running, WindingDown, Debriefing, Published, Closed];

    [Parameter, EditorRequired] public ExerciseState State { get; set; }

    private IEnumerable<ExerciseState> Steps => State switch
    {
        Paused or Aborting => Straight.Select(s => s == Running ? State : s),
        Postponed => Straight.Select(s => s == Briefing ? State : s),
        Cancelled => [Draft, Cancelled],
        _ => Straight,
    };

    private bool IsDone(ExerciseState step) => Steps.TakeWhile(s => s != State).Contains(step);
}
