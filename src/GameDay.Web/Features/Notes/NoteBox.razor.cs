using GameDay.Web.Components.Parts;
using Microsoft.AspNetCore.Components;

namespace GameDay.Web.Features.Notes;

/// <summary>One line, one kind, Enter. Drawn once: the script owns what is typed.</summary>
public sealed partial class NoteBox
{
    private bool _shown;

    [Parameter, EditorRequired] public Guid ExerciseId { get; set; }
    [Parameter, EditorRequired] public DateTimeOffset ServerNow { get; set; }
    [Parameter, EditorRequired] public Viewer Viewer { get; set; } = Viewer.Utc;
    /// <summary>Whose notes wait on this device: another person's are never sent under this name.</summary>
    [Parameter, EditorRequired] public string User { get; set; } = "";

    protected override bool ShouldRender() => !_shown;

    protected override void OnAfterRender(bool firstRender) => _shown = true;
}
