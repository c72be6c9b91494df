using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using Microsoft.AspNetCore.Components;

namespace GameDay.Web.Components.Parts;

/// <summary>State as icon and word. Give one of the three.</summary>
public sealed partial class StateChip
{
    [Parameter] public ExerciseState? Exercise { get; set; }
    [Parameter] public RunState? Run { get; set; }
    [Parameter] public InjectionPhase? Injection { get; set; }

    private StateLook? Look =>
        Exercise is { } e ? StateLook.Of(e) : Run is { } r ? StateLook.Of(r) : Injection is { } i ? StateLook.Of(i) : null;
}
