using GameDay.Data;
using GameDay.Engine;
using GameDay.Web.Features.Runs;
using GameDay.Web.Requests;
using GameDay.Web.Security;
using Microsoft.AspNetCore.HostFiltering;

namespace GameDay.Web.Hosting;

/// <summary>Every service by hand, one line each (style 7).</summary>
public static class Services
{
    // A pasted exercise file has at most 256 kB, twice that as JSON.
    private const long LongestMessage = 512 * 1024;

    public static IServiceCollection AddGameDay(this IServiceCollection services, WebOptions options, IConfiguration configuration)
    {
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        services.AddGameDayData(options.ConnectionString);
        services.AddClusters(options);
        services.AddVendors(configuration);
        services.AddSingleton(LimitsConfiguration.Read(configuration));
        services.AddGameDayEngine(new EngineOptions { PublicAddress = PublicAddress(options, configuration) });
        services.AddSingleton<Features.Scenarios.Library>();
        services.AddSingleton<Features.Runbooks.Shelf>();
        services.AddRequests(typeof(WebHost).Assembly);
        services.AddSignIn(options);
        services.AddExceptionHandler<ShowFailure>();
        services.AddProblemDetails();
        services.AddScoped<Reports.ReportQuery>().AddScoped<Features.Reports.ReportSourcesOf>();
        services.AddSingleton<Presence>();
        // Pages only, and not inside TLS, where the size of an answer that repeats what was asked could tell what else it holds.
        services.AddResponseCompression(o => o.MimeTypes = ["text/html"]);
        services.AddRazorComponents().AddInteractiveServerComponents().AddHubOptions(o => o.MaximumReceiveMessageSize = LongestMessage);
        services.Configure<HostFilteringOptions>(o => o.AllowedHosts = AllowedHosts(options, configuration));
        return services;
    }

    /// <summary>Where links in notices and issues lead: key PublicAddress, e.g. https://gameday.example.com/; by default where we listen.</summary>
    private static Uri PublicAddress(WebOptions options, IConfiguration configuration) => new(configuration["PublicAddress"] ?? $"http://{options.Address}:{options.Port}/");

    /// <summary>A name that somebody else's DNS points at 127.0.0.1 must not reach a loopback listener.</summary>
    private static string[] AllowedHosts(WebOptions options, IConfiguration configuration) =>
        configuration["AllowedHosts"]?.Split(';') ?? (options.IsLoopback ? ["localhost", "127.0.0.1", "[::1]"] : ["*"]);
}
