using System.Security.Claims;
using GameDay.Web.Security;
using MediatR;
using Microsoft.AspNetCore.Components.Authorization;

namespace GameDay.Web.Requests;

/// <summary>
/// The only way from a page or an endpoint to a handler: opens a scope, hands the user over, sends, disposes (style 5).
/// In Blazor Server scoped means per circuit, so a shared DbContext would break under two clicks.
/// </summary>
public sealed class Sender(IServiceScopeFactory scopes, Func<Task<ClaimsPrincipal>> who, Handover? handover = null)
{
    public Sender(IServiceScopeFactory scopes, AuthenticationStateProvider circuit, Handover handover)
        : this(scopes, async () => (await circuit.GetAuthenticationStateAsync()).User, handover) { }

    public async Task<T> Send<T>(IRequest<T> request, CancellationToken ct = default)
    {
        var actor = (await who()).ToActor();
        if (handover is not null && handover.TryTake<T>(request, actor, out var kept)) return kept;
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().Become(actor);
        var answer = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, ct);
        handover?.Keep(request, actor, answer);
        return answer;
    }

    /// <summary>Minimal API endpoints take a Sender as parameter; there the request's user acts.</summary>
    public static ValueTask<Sender> BindAsync(HttpContext http) =>
        new(new Sender(http.RequestServices.GetRequiredService<IServiceScopeFactory>(), () => Task.FromResult(http.User)));
}
