using GameDay.Web.Features.SignIn;
using GameDay.Web.Components;
using GameDay.Web.Requests;
using GameDay.Web.Security;

namespace GameDay.Web.Hosting;

/// <summary>Puts the web application together; the composition is read top to bottom here and in the files named.</summary>
public static class WebHost
{
    /// <param name="settings">Configuration as arguments, e.g. <c>--Slack:Channel=#gameday</c>.</param>
    /// <param name="instead">Replaces services: tests put another cluster in place.</param>
    public static WebApplication Build(WebOptions options, string[]? settings = null, Action<IServiceCollection>? instead = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = settings ?? [], ApplicationName = typeof(WebHost).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseStaticWebAssets();
        // Started from build output, as ./gameday does, files would be packed anew on each request, badly, and never cached.
        builder.Configuration["ReloadStaticAssetsAtRuntime"] = "false";
        builder.Configuration["EnableStaticAssetsDevelopmentCaching"] = "true";
        builder.WebHost.UseUrls($"http://{options.Address}:{options.Port}");
        builder.WebHost.ConfigureKestrel(k => k.AddServerHeader = false);
        // Requests are not news; failures are.
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Critical); // what EF throws is logged or refused by us
        builder.Services.AddGameDay(options, builder.Configuration);
        instead?.Invoke(builder.Services);
        var app = builder.Build();
        Pipeline(app);
        // The command line looks for the token's file as soon as the app answers.
        app.Services.GetRequiredService<ApiToken>();
        return app;
    }

    private static void Pipeline(WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusPages();
        app.UseHostFiltering();
        app.UseSecurityHeaders();
        app.UseResponseCompression();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        app.MapHealth();
        app.MapSignIn();
        app.MapFeatures();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(o => o.ContentSecurityFrameAncestorsPolicy = null); // ours is stricter
    }
}
