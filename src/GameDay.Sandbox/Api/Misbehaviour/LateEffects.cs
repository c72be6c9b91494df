using GameDay.Sandbox.Api.Security;
using GameDay.Sandbox.Store;
using Microsoft.AspNetCore.Http.Features;

namespace GameDay.Sandbox.Api.Misbehaviour;

/// <summary>
/// Requests whose client hears nothing and whose effect lands later, as when a server sits on a request. It lands at the latest
/// when the request's own <c>timeout</c> ends, or after the server's default of 34 s: a real server drops what takes longer.
/// </summary>
internal sealed partial class LateEffects(TimeProvider clock, IHostApplicationLifetime lifetime, ILogger<LateEffects> log)
{
    private static readonly TimeSpan ServerLimit = TimeSpan.FromSeconds(34);

    /// <summary>Keeps the request; <paramref name="next"/> handles it after the delay, when nobody waits any more.</summary>
    public async Task TakeAsync(HttpContext http, TimeSpan delay, RequestDelegate next)
    {
        var limit = RequestTimeout.Of(http.Request) ?? ServerLimit;
        var kept = await CopyAsync(http);
        _ = LandAsync(kept, delay < limit ? delay : limit, next);
    }

    private async Task LandAsync(DefaultHttpContext request, TimeSpan delay, RequestDelegate next)
    {
        try
        {
            await Task.Delay(delay, clock, lifetime.ApplicationStopping);
            await next(request);
        }
        catch (ApiException refusal)
        {
            LogRefused(request.Request.Path, refusal.Message);
        }
        catch (OperationCanceledException)
        {
            LogDropped(request.Request.Path);
        }
    }

    private static async Task<DefaultHttpContext> CopyAsync(HttpContext http)
    {
        var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        body.Position = 0;
        var copy = new DefaultHttpContext { Response = { Body = Stream.Null } };
        var (from, to) = (http.Request, copy.Request);
        (to.Method, to.Scheme, to.Host, to.Path, to.QueryString, to.Body) = (from.Method, from.Scheme, from.Host, from.Path, from.QueryString, body);
        foreach (var (name, values) in from.Headers)
        {
            to.Headers[name] = values;
        }

        RequestUser.Of(http).SetOn(copy);
        copy.SetEndpoint(http.GetEndpoint());
        copy.Features.Set<IRouteValuesFeature>(new RouteValuesFeature { RouteValues = new RouteValueDictionary(from.RouteValues) });
        return copy;
    }

    [LoggerMessage(LogLevel.Debug, "A late {Path} was refused: {Why}")]
    private partial void LogRefused(string path, string why);

    [LoggerMessage(LogLevel.Debug, "A late {Path} never landed: the sandbox stopped")]
    private partial void LogDropped(string path);
}
