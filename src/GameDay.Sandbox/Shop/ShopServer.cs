using System.Net.Sockets;

namespace GameDay.Sandbox.Shop;

/// <summary>What surrounds every shop service: health, metrics, measured and logged requests.</summary>
public sealed class ShopServer(IShopService service, ShopProcess process)
{
    public async Task HandleAsync(HttpContext context)
    {
        switch (context.Request.Path.Value)
        {
            case "/healthz":
                await context.Response.WriteAsync("ok\n");
                break;
            case "/metrics":
                service.Measure(process.Metrics);
                context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
                await context.Response.WriteAsync(process.Metrics.Write());
                break;
            default:
                await MeasuredAsync(context);
                break;
        }
    }

    private async Task MeasuredAsync(HttpContext context)
    {
        var started = process.Clock.GetTimestamp();
        process.Metrics.Gauge("http_requests_in_flight", 1);
        try
        {
            await AnsweredAsync(context);
        }
        finally
        {
            var took = process.Clock.GetElapsedTime(started);
            var code = context.Response.StatusCode;
            process.Metrics.Gauge("http_requests_in_flight", -1);
            process.Metrics.Count("http_requests_total", $"code=\"{code}\",method=\"{context.Request.Method}\"");
            process.Metrics.Observe("http_request_duration_seconds", "", took);
            process.Log($"{context.Connection.RemoteIpAddress} {context.Request.Method} {context.Request.Path}{context.Request.QueryString} {code} {took.TotalMilliseconds:0.0}ms");
        }
    }

    // A dependency that does not answer is this service's 503: the caller decides what that means to it.
    private async Task AnsweredAsync(HttpContext context)
    {
        try
        {
            await service.HandleAsync(context);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException or SocketException && !context.Response.HasStarted)
        {
            process.Log($"error {context.Request.Path}: {e.Message}");
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await context.Response.WriteAsync("a service this page needs does not answer\n");
        }
    }
}
