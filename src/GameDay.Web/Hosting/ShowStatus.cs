using GameDay.Web.Components;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GameDay.Web.Hosting;

/// <summary>An answer without a body becomes a page that says what happened and what to do; the API keeps its bare codes.</summary>
public static class ShowStatus
{
    public static void UseStatusPages(this IApplicationBuilder app) =>
        app.UseWhen(http => !http.Request.Path.StartsWithSegments("/api"), pages => pages.UseStatusCodePages(ShowAsync));

    private static Task ShowAsync(StatusCodeContext context)
    {
        var (heading, message) = Words(context.HttpContext.Response.StatusCode);
        return new RazorComponentResult<FailurePage>(new { Heading = heading, Message = message }).ExecuteAsync(context.HttpContext);
    }

    private static (string Heading, string Message) Words(int status) => status switch
    {
        StatusCodes.Status404NotFound => ("There is nothing here", "The address may be old, or what it named was removed."),
        StatusCodes.Status400BadRequest => ("Not done", "The form was too old or came from elsewhere. Go back, load the page again and repeat it."),
        StatusCodes.Status429TooManyRequests => ("Too many tries", "Wait a minute, then try again."),
        _ => ("Not done", $"The answer was {status}. Go back and try again."),
    };
}
