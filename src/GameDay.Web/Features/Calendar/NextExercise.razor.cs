using GameDay.Web.Components.Parts;
using Microsoft.AspNetCore.Components;

namespace GameDay.Web.Features.Calendar;

public sealed partial class NextExercise
{
    [Parameter, EditorRequired] public GetCalendar.Next? Next { get; set; }
    [Parameter, EditorRequired] public DateTimeOffset Now { get; set; }
    [CascadingParameter] private Viewer Viewer { get; set; } = Viewer.Utc;

    private string Countdown => Next?.StartsAt is not { } at ? "No date" : (at - Now) switch
    {
        { TotalDays: >= 1 } left => $"{(int)left.TotalDays} d {left.Hours} h",
        { TotalHours: >= 1 } left => $"{(int)left.TotalHours} h {left.Minutes} min",
        var left => $"{Math.Max(0, (int)Math.Ceiling(left.TotalMinutes))} min",
    };

    private string Window => Next?.StartsAt is not { } at ? "starts when a facilitator says go"
        : $"until {Viewer.Local(at):dddd d MMMM}, {Viewer.Clock(at)}{(Next.EndsAt is { } end ? $"–{Viewer.Clock(end)}" : "")}";
}
