using GameDay.Web.Requests;
using MediatR;
using Microsoft.AspNetCore.Components;

namespace GameDay.Web.Components.Parts;

/// <summary>A page that sends requests: one place where a refusal or a failure becomes the message the page shows.</summary>
public abstract class ActingPage : ComponentBase
{
    [Inject] protected Sender Sender { get; set; } = null!;
    [Inject] protected Failures Failures { get; set; } = null!;
    [CascadingParameter] protected Viewer Viewer { get; set; } = Viewer.Utc;

    /// <summary>Show it with <c>&lt;Refusal Message="@Problem" /&gt;</c>.</summary>
    protected string? Problem { get; set; }

    /// <summary>True while a request is on its way: disable the button, say so.</summary>
    protected bool IsBusy { get; private set; }

    /// <returns>False when it was refused or broke; <see cref="Problem"/> then says why.</returns>
    protected async Task<bool> TryAsync(Func<Task> act)
    {
        Problem = null;
        IsBusy = true;
        try
        {
            await act();
            return true;
        }
        catch (Exception e)
        {
            Problem = Failures.InWords(e);
            return false;
        }
        finally
        {
            IsBusy = false;
        }
    }

    /// <summary>Sends; null when it was refused or broke.</summary>
    protected async Task<T?> TrySend<T>(IRequest<T> request) where T : class
    {
        T? answer = null;
        await TryAsync(async () => answer = await Sender.Send(request));
        return answer;
    }
}
