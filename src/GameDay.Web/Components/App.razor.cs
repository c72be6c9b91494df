using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace GameDay.Web.Components;

/// <summary>The document. Theme and time zone come from cookies, so the first paint is right.</summary>
public sealed partial class App
{
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    private string? Theme => Http.Request.Cookies["theme"] is "dark" or "light" ? Http.Request.Cookies["theme"] : null;

    private string? Zone => Http.Request.Cookies["zone"];

    /// <summary>Sign-in and the halt page are plain HTML: they must work without a circuit.</summary>
    private IComponentRenderMode? Mode => Http.AcceptsInteractiveRouting() ? RenderMode.InteractiveServer : null;
}
