using System.Reflection;
using Microsoft.AspNetCore.Components;

namespace GameDay.Web.Components.Layout;

/// <summary>What the navigation links to, in order. A page that does not exist is not linked.</summary>
public static class Pages
{
    public sealed record Page(string Path, string Title, string Icon);

    private static readonly HashSet<string> Routes =
        [.. typeof(Pages).Assembly.GetTypes().SelectMany(t => t.GetCustomAttributes<RouteAttribute>(inherit: false)).Select(r => r.Template)];

    public static readonly IReadOnlyList<IReadOnlyList<Page>> Groups =
    [
        Existing(new("/", "Calendar", "calendar"), new("/exercises", "Exercises", "stack"), new("/board", "Run board", "play"), new("/reports", "Reports", "report"), new("/findings", "Findings", "flag")),
        Existing(new("/scenarios", "Scenarios", "book"), new("/faults", "Faults", "bolt"), new("/runbooks", "Runbooks", "undo")),
        Existing(new("/clusters", "Clusters", "server"), new("/settings", "Settings", "cog")),
    ];

    private static Page[] Existing(params Page[] pages) => [.. pages.Where(p => Routes.Contains(p.Path))];
}
