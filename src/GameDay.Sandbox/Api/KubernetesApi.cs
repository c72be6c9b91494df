using GameDay.Sandbox.Api.Clock;
using GameDay.Sandbox.Api.Discovery;
using GameDay.Sandbox.Api.Metrics;
using GameDay.Sandbox.Api.Misbehaviour;
using GameDay.Sandbox.Api.Security;
using GameDay.Sandbox.Api.Security.Rbac;
using GameDay.Sandbox.Api.Subresources;
using GameDay.Sandbox.Api.Verbs;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api;

/// <summary>The API server's parts and its paths.</summary>
internal static class KubernetesApi
{
    public static IServiceCollection AddKubernetesApi(this IServiceCollection services) => services
        .AddSingleton<AdminToken>()
        .AddSingleton<ServiceAccountTokens>()
        .AddSingleton<TokenHolders>()
        .AddSingleton<Grants>()
        .AddSingleton<Authorizer>()
        .AddSingleton<AccessReviews>()
        .AddSingleton<TokenRequests>()
        .AddSingleton<MetricsApi>()
        .AddSingleton<Mischiefs>()
        .AddSingleton<LateEffects>()
        .AddSingleton<Reads>()
        .AddSingleton<Watches>()
        .AddSingleton<Writes>()
        .AddSingleton<Deletes>()
        .AddSingleton<Scales>()
        .AddSingleton<Evictions>()
        .AddSingleton<Bindings>()
        .AddSingleton<Execs>()
        .AddSingleton<Logs>()
        .AddSingleton<Proxies>()
        .AddSingleton<NodeMetrics>()
        .AddSingleton<ResourceEndpoint>();

    public static void UseKubernetesApi(this WebApplication app)
    {
        app.UseMiddleware<ServerDate>();
        app.UseMiddleware<StatusErrors>();
        app.UseMiddleware<TokenAuthentication>();
        app.UseMiddleware<Impersonation>();
        app.UseMiddleware<Authorization>();
        app.UseMiddleware<RequestTimeout>();
        app.UseMiddleware<MisbehaviourMiddleware>();
        app.UseWebSockets();
        app.MapHealth();
        app.MapDiscovery();
        app.MapServerControls();
        app.MapPrometheusTargets();
        var resources = app.Services.GetRequiredService<ResourceEndpoint>();
        app.MapFallback("{**path}", resources.HandleAsync);
    }

    private static void MapHealth(this WebApplication app)
    {
        foreach (var path in new[] { "/healthz", "/livez", "/readyz" })
        {
            app.Map(path, http => Answer.TextAsync(http, "ok"));
        }
    }

    private static void MapDiscovery(this WebApplication app)
    {
        app.MapGet("/version", (RequestDelegate)(http => Answer.JsonAsync(http, ServerVersion.Document())));
        app.MapGet("/api", (RequestDelegate)(http => Answer.JsonAsync(http, DiscoveryDocuments.Core(http.Request.Host.Value!))));
        app.MapGet("/apis", (RequestDelegate)(http => Answer.JsonAsync(http, DiscoveryDocuments.Groups())));
        app.MapGet("/apis/{group}", (RequestDelegate)(http => Answer.JsonAsync(http, DiscoveryDocuments.Group(Route(http, "group")) ?? throw ApiException.NoSuchPath())));
        app.MapGet("/api/v1", (RequestDelegate)(http => ResourcesAsync(http, "", "v1")));
        app.MapGet("/apis/{group}/{version}", (RequestDelegate)(http => ResourcesAsync(http, Route(http, "group"), Route(http, "version"))));
        app.MapGet("/openapi/v2", (RequestDelegate)OpenApi2Async);
        app.MapGet("/openapi/v3", (RequestDelegate)(http => Answer.JsonAsync(http, OpenApiDocuments.Version3Index())));
        app.MapGet("/openapi/v3/{**path}", (RequestDelegate)(http => Answer.BytesAsync(http, OpenApiDocuments.Version3(Route(http, "path")) ?? throw ApiException.NoSuchPath())));
    }

    private static string Route(HttpContext http, string name) => http.Request.RouteValues[name]?.ToString() ?? "";

    private static Task ResourcesAsync(HttpContext http, string group, string version) =>
        Answer.JsonAsync(http, DiscoveryDocuments.Resources(ServedVersion.Find(group, version) ?? throw ApiException.NoSuchPath()));

    private static Task OpenApi2Async(HttpContext http) =>
        http.Request.Headers.Accept.ToString().Contains("protobuf", StringComparison.Ordinal)
            ? Answer.BytesAsync(http, OpenApiDocuments.Version2Protobuf, contentType: OpenApiDocuments.Version2ProtobufType)
            : Answer.BytesAsync(http, OpenApiDocuments.Version2());
}
