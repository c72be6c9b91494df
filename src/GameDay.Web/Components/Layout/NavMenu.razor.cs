using GameDay.Web.Components.Parts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace GameDay.Web.Components.Layout;

/// <summary>The main navigation. An exercise's board, report and findings belong to their own entries, the rest of it to Exercises.</summary>
public sealed partial class NavMenu : IDisposable
{
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [CascadingParameter] private Viewer Viewer { get; set; } = Viewer.Utc;

    private string Current
    {
        get
        {
            var parts = Navigation.ToBaseRelativePath(Navigation.Uri).Split('?', '#')[0].Split('/');
            return parts switch
            {
                ["exercises", _, "board"] => "/board",
                ["exercises", _, "report"] => "/reports",
                ["exercises", _, "findings"] => "/findings",
                _ => "/" + parts[0],
            };
        }
    }

    protected override void OnInitialized() => Navigation.LocationChanged += OnMoved;

    public void Dispose() => Navigation.LocationChanged -= OnMoved;

    private void OnMoved(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(StateHasChanged);
}
