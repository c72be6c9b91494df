using GameDay.Web.Components.Parts;
using Microsoft.AspNetCore.Components;

namespace GameDay.Web.Features.Runs;

/// <summary>What is read across the room: the clock, the state word, the moments, and how to abort.</summary>
public sealed partial class BoardTop
{
    [Parameter, EditorRequired] public Board Board { get; set; } = null!;
    [Parameter, EditorRequired] public Viewer Viewer { get; set; } = Viewer.Utc;
    [Parameter] public bool IsFacilitator { get; set; }

    private string Where => Board.Active is { } lane ? $"{Board.Title} · experiment {lane.Number} of {Board.Lanes.Count}" : Board.Title;

    private string StateWord => Board.Active?.Run is { } run ? StateLook.Of(run.State).Word : StateLook.Of(Board.State).Word;

    private string What => Board.Active is { } lane ? $"{lane.Plan.Title}: {FaultWords.Long(lane.Plan.Fault)}"
        : Board.Lanes.FirstOrDefault(l => l.Run is null) is { } next && !Board.IsOver ? $"Next: {next.Plan.Title}" : Board.Plan.Goal;

    private string Ends => Board.EndedAt is { } ended ? Viewer.Clock(ended) : Board.EndsAt is { } ends ? Viewer.Clock(ends) : "open";

    private string? EndsIn => Board is { EndedAt: null, EndsAt: { } ends } && ends - Board.ServerNow is var left && left > TimeSpan.Zero && left < TimeSpan.FromDays(1)
        ? left.TotalHours >= 1 ? $"{(int)left.TotalHours}\u00A0h {left.Minutes}\u00A0min" : $"{(int)left.TotalMinutes}\u00A0min" : null;
}
