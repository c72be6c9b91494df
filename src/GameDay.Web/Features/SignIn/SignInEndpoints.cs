using GameDay.Domain;
using GameDay.Domain.People;
using GameDay.Web.Requests;
using GameDay.Web.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;

namespace GameDay.Web.Features.SignIn;

/// <summary>Plain form posts; antiforgery is checked because the parameters come from a form.</summary>
public static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        app.MapPost("/sign-in", In).AllowAnonymous().RequireRateLimiting(SignInSetup.AnonymousLimit);
        app.MapPost("/first-administrator", First).AllowAnonymous().RequireRateLimiting(SignInSetup.AnonymousLimit);
        app.MapPost("/sign-out", Out);
    }

    private static async Task<IResult> In(HttpContext http, Sender sender, [FromForm] string? userName, [FromForm] string? password, [FromForm] string? then)
    {
        try
        {
            return await Enter(http, await sender.Send(new SignInAs.Command(userName?.Trim() ?? "", password)), then);
        }
        catch (RuleBroken)
        {
            return Results.LocalRedirect($"/sign-in?wrong=1&then={Uri.EscapeDataString(LocalOnly(then))}");
        }
    }

    private static async Task<IResult> First(HttpContext http, Sender sender, [FromForm] string? key, [FromForm] string? userName, [FromForm] string? name, [FromForm] string? password) =>
        await Enter(http, await sender.Send(new MakeFirstAdministrator.Command(key ?? "", userName ?? "", name ?? "", password ?? "")), "/");

    private static async Task<IResult> Out(HttpContext http, [FromForm] string? then)
    {
        await http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return Results.LocalRedirect(then is null ? "/sign-in" : LocalOnly(then));
    }

    private static async Task<IResult> Enter(HttpContext http, Person person, string? then)
    {
        await http.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, person.ToPrincipal(CookieAuthenticationDefaults.AuthenticationScheme));
        return Results.LocalRedirect(LocalOnly(then));
    }

    /// <summary>Never to somebody else's site, whatever the address said.</summary>
    private static string LocalOnly(string? then) =>
        then is ['/', ..] && !then.StartsWith("//", StringComparison.Ordinal) && !then.StartsWith("/\\", StringComparison.Ordinal) ? then : "/";
}
