using GameDay.Domain.Exercises;
using GameDay.Web.Components.Parts;
using Microsoft.AspNetCore.Components;
using static GameDay.Domain.Exercises.ExerciseState;

namespace GameDay.Web.Features.Calendar;

/// <summary>One exercise on its day.</summary>
public sealed partial class CalendarEvent
{
    [Parameter, EditorRequired] public GetCalendar.Event Event { get; set; } = null!;
    [CascadingParameter] private Viewer Viewer { get; set; } = Viewer.Utc;

    private string Tone => Event.State switch
    {
        Draft => "draft",
        Debriefing or Published or Closed or Cancelled => "past",
        Postponed or Paused or Aborting => "attn",
        _ => "",
    };

    private string Link => Event.State switch
    {
        Debriefing or Published or Closed => $"/exercises/{Event.Id}/report",
        var state when ExerciseLifecycle.IsLive(state) => $"/exercises/{Event.Id}/board",
        _ => $"/exercises/{Event.Id}",
    };
}
