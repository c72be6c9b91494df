using System.Net;
using System.Net.Http.Headers;
using GameDay.Benchmarks.Cluster;
using Microsoft.Extensions.Logging;

namespace GameDay.Benchmarks.Plants;

/// <summary>
/// Stands between a reaper and the API server and replaces the server's <c>Date</c> by another clock: the reaper behind it
/// then decides by that clock, as one would that trusted its own.
/// </summary>
internal sealed class OwnClockProxy : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OwnClockProxy(WebApplication app) => _app = app;

    /// <summary>Kubeconfig of the way through the proxy.</summary>
    public required string Kubeconfig { get; init; }

    public static async Task<OwnClockProxy> StartAsync(KubeApi api, string kubeconfig, TimeSpan offset)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.Run(http => ForwardAsync(http, api, offset));
        await app.StartAsync();
        var through = $"{kubeconfig}.own-clock";
        var server = $"    server: {app.Urls.First()}";
        await File.WriteAllLinesAsync(through, File.ReadLines(kubeconfig).Select(l => l.TrimStart().StartsWith("server:", StringComparison.Ordinal) ? server : l).Where(l => !l.Contains("certificate-authority-data", StringComparison.Ordinal)));
        return new OwnClockProxy(app) { Kubeconfig = through };
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private static async Task ForwardAsync(HttpContext http, KubeApi api, TimeSpan offset)
    {
        using var asked = new HttpRequestMessage(new HttpMethod(http.Request.Method), new Uri($"{http.Request.Path}{http.Request.QueryString}".TrimStart('/'), UriKind.Relative));
        if (http.Request.ContentLength > 0 || http.Request.Headers.TransferEncoding.Count > 0)
        {
            asked.Content = new StreamContent(http.Request.Body);
            asked.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(http.Request.ContentType ?? "application/json");
        }
        using var answer = await api.ForwardAsync(asked, http.RequestAborted);
        http.Response.StatusCode = (int)answer.StatusCode;
        http.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        http.Response.Headers.Date = (TimeProvider.System.GetUtcNow() + offset).ToString("R");
        await http.Response.StartAsync();
        await using var from = await answer.Content.ReadAsStreamAsync(http.RequestAborted);
        var buffer = new byte[16 * 1024];
        while (await from.ReadAsync(buffer, http.RequestAborted) is > 0 and var read)
        {
            await http.Response.Body.WriteAsync(buffer.AsMemory(0, read), http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }
    }
}
