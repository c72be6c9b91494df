using System.Threading.RateLimiting;
using GameDay.Domain.People;
using GameDay.Web.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace GameDay.Web.Security;

/// <summary>People sign in by cookie, the command line by its token file. Everything needs one of them unless it says otherwise.</summary>
public static class SignInSetup
{
    /// <summary>Rate limit of what anonymous people may call.</summary>
    public const string AnonymousLimit = "anonymous";

    public static void AddSignIn(this IServiceCollection services, WebOptions options)
    {
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
            .AddCookie(o => Cookie(o, options))
            .AddScheme<AuthenticationSchemeOptions, TokenSignIn>(TokenSignIn.Scheme, null);
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder(CookieAuthenticationDefaults.AuthenticationScheme, TokenSignIn.Scheme).RequireAuthenticatedUser().Build());
        services.AddCascadingAuthenticationState();
        services.AddDataProtection().SetApplicationName("GameDay");
        services.AddAntiforgery(o => { o.Cookie.Name = "gameday-antiforgery"; o.Cookie.SameSite = SameSiteMode.Strict; });
        services.AddSingleton<ApiToken>();
        services.AddSingleton<SetupLink>();
        services.AddSingleton<IPasswordHasher<Person>, PasswordHasher<Person>>();
        services.AddHostedService<FirstPeople>();
        services.AddRateLimiter(Limits);
    }

    private static void Cookie(CookieAuthenticationOptions cookie, WebOptions options)
    {
        cookie.Cookie.Name = "gameday";
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.LoginPath = "/sign-in";
        cookie.AccessDeniedPath = "/sign-in";
        cookie.ReturnUrlParameter = "then";
        cookie.ExpireTimeSpan = TimeSpan.FromHours(12);
        cookie.Events.OnValidatePrincipal = context =>
        {
            // Demo people vanish as soon as a real cluster is configured, and so do their cookies.
            if (!options.DemoSignIns && context.Principal!.HasClaim(Claims.Demo, "yes")) context.RejectPrincipal();
            return Task.CompletedTask;
        };
        cookie.Events.OnRedirectToLogin = context => ForApi(context, StatusCodes.Status401Unauthorized);
        cookie.Events.OnRedirectToAccessDenied = context => ForApi(context, StatusCodes.Status403Forbidden);
    }

    private static Task ForApi(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (context.Request.Path.StartsWithSegments("/api")) context.Response.StatusCode = status;
        else context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }

    private static void Limits(Microsoft.AspNetCore.RateLimiting.RateLimiterOptions limiter)
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.AddPolicy(AnonymousLimit, http => RateLimitPartition.GetFixedWindowLimiter(
            http.Connection.RemoteIpAddress?.ToString() ?? "", _ => new FixedWindowRateLimiterOptions { PermitLimit = 60, Window = TimeSpan.FromMinutes(1) }));
    }
}
