using GameDay.Domain;
using GameDay.Web.Components;
using GameDay.Web.Requests;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GameDay.Web.Hosting;

/// <summary>Failures outside the circuit: JSON for the API, a page for people; the same words as inside.</summary>
public sealed class ShowFailure(IServiceScopeFactory scopes) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        using var scope = scopes.CreateScope();
        var message = scope.ServiceProvider.GetRequiredService<Failures>().InWords(exception);
        httpContext.Response.StatusCode = StatusOf(exception);
        if (httpContext.Request.Path.StartsWithSegments("/api") || httpContext.Request.Headers.Accept.ToString().Contains("application/json", StringComparison.Ordinal))
            await httpContext.Response.WriteAsJsonAsync(new { rule = (exception as RuleBroken)?.Rule ?? "Broken", message }, cancellationToken);
        else
            await new RazorComponentResult<FailurePage>(new { Message = message, Heading = exception is RuleBroken ? "Not done" : "Something broke" }).ExecuteAsync(httpContext);
        return true;
    }

    private static int StatusOf(Exception exception) => exception switch
    {
        RuleBroken { Rule: "NotAllowed" } => StatusCodes.Status403Forbidden,
        RuleBroken { Rule: "NotFound" } => StatusCodes.Status404NotFound,
        RuleBroken { Rule: "DatabaseAway" or "ClusterAway" } => StatusCodes.Status503ServiceUnavailable,
        RuleBroken { Rule: "Invalid" } => StatusCodes.Status422UnprocessableEntity,
        RuleBroken => StatusCodes.Status409Conflict,
        BadHttpRequestException bad => bad.StatusCode,
        _ => StatusCodes.Status500InternalServerError,
    };
}
