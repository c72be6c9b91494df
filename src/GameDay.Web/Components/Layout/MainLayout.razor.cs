using Microsoft.AspNetCore.Components;

namespace GameDay.Web.Components.Layout;

/// <summary>Top bar, navigation, page: the same everywhere.</summary>
public sealed partial class MainLayout
{
    private SafetyNet? _net;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    /// <summary>The run board takes the whole width and folds the navigation to icons.</summary>
    private bool IsBoard => Navigation.ToBaseRelativePath(Navigation.Uri).Split('?', '#')[0].EndsWith("board", StringComparison.Ordinal);

    /// <summary>A failure belongs to the page it happened on; the next page starts afresh.</summary>
    protected override void OnParametersSet() => _net?.Recover();
}
