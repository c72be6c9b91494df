using GameDay.Web.Components.Parts;
using GameDay.Web.Requests;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace GameDay.Web.Components.Layout;

/// <summary>Catches what a page did not: says what happened in the page's place and leaves the frame, Abort and Halt all usable.</summary>
public sealed class SafetyNet : ErrorBoundaryBase
{
    private string? _message;

    [Inject] private Failures Failures { get; set; } = null!;

    protected override Task OnErrorAsync(Exception exception)
    {
        _message = Failures.InWords(exception);
        return Task.CompletedTask;
    }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        if (CurrentException is null)
        {
            builder.AddContent(0, ChildContent);
            return;
        }
        builder.OpenComponent<Refusal>(1);
        builder.AddComponentParameter(2, nameof(Refusal.Message), _message);
        builder.CloseComponent();
    }
}
