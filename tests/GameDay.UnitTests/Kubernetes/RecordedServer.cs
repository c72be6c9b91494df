using System.Collections.Concurrent;
using GameDay.Kubernetes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GameDay.UnitTests.Kubernetes;

/// <summary>A small server that answers recorded bodies and remembers what it was asked.</summary>
public sealed class RecordedServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RecordedServer(WebApplication app, ConcurrentQueue<RecordedRequest> requests) => (_app, Requests) = (app, requests);

    public ConcurrentQueue<RecordedRequest> Requests { get; }

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public static async Task<RecordedServer> StartAsync(Func<HttpContext, RecordedRequest, Task> answer, Action<WebHostBuilderContext, Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions>? kestrel = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel ?? ((_, options) => options.Listen(System.Net.IPAddress.Loopback, 0)));
        var app = builder.Build();
        var requests = new ConcurrentQueue<RecordedRequest>();
        app.UseWebSockets();
        app.Run(async context =>
        {
            var request = await RecordedRequest.ReadAsync(context);
            requests.Enqueue(request);
            await answer(context, request);
        });
        await app.StartAsync();
        return new(app, requests);
    }

    public static Task<RecordedServer> AnsweringAsync(int code, string body, string mediaType = "application/json") =>
        StartAsync((context, _) => WriteAsync(context, code, body, mediaType));

    public static Task WriteAsync(HttpContext context, int code, string body, string mediaType = "application/json")
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = mediaType;
        return context.Response.WriteAsync(body);
    }

    public KubernetesClientConfiguration Configuration => new() { ClusterName = "recorded", Host = Address };

    public KubernetesClient Client() => new(Configuration);

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}

public sealed record RecordedRequest(string Method, string Path, IReadOnlyDictionary<string, string> Query, string Body, string? MediaType, string? Authorization)
{
    public string Accept { get; init; } = "";

    public static async Task<RecordedRequest> ReadAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var query = context.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);
        return new(context.Request.Method, context.Request.Path.Value!, query, await reader.ReadToEndAsync(), context.Request.ContentType, context.Request.Headers.Authorization.FirstOrDefault()) { Accept = context.Request.Headers.Accept.ToString() };
    }
}
