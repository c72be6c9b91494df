using GameDay.Domain.Exercises;
using GameDay.Web.Components.Parts;
using Microsoft.AspNetCore.Components;

namespace GameDay.Web.Features.Runs;

/// <summary>The experiments as lanes. A start that is refused says why beside it.</summary>
public sealed partial class RunLanes
{
    [Parameter, EditorRequired] public Board Board { get; set; } = null!;
    [Parameter, EditorRequired] public Viewer Viewer { get; set; } = Viewer.Utc;
    /// <summary>Only who may start sees the button; the handler decides.</summary>
    [Parameter] public bool CanStart { get; set; }
    [Parameter] public EventCallback<Lane> OnStart { get; set; }

    private string Reason => Board.State switch
    {
        ExerciseState.Running when Board.Active is { } lane => $"One at a time. The next may be started when {lane.Number} is done.",
        ExerciseState.Running => "One at a time.",
        ExerciseState.Paused => "Paused: nothing new starts until the facilitator resumes.",
        ExerciseState.Aborting => "Aborted: nothing new starts.",
        ExerciseState.WindingDown => "Winding down: nothing new starts.",
        _ when Board.IsOver => "This exercise is over.",
        _ => "Experiments start after go.",
    };

    private string? WhyNot(Lane lane) => Board.State == ExerciseState.Running && (Board.Active is null || Board.Active == lane) ? null : Reason;

    private Task StartAsync(Lane lane) => WhyNot(lane) is null ? OnStart.InvokeAsync(lane) : Task.CompletedTask;
}
