using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;
using Microsoft.AspNetCore.Connections.Features;

namespace GameDay.Sandbox.Api.Misbehaviour;

/// <summary>
/// <c>POST /sandbox/misbehaviours {"kind":"tooManyRequests","pathContains":"/pods","times":3}</c> makes the next matching requests
/// misbehave; <c>DELETE</c> ends it. Nothing below <c>/sandbox/</c> ever misbehaves.
/// </summary>
internal sealed class MisbehaviourMiddleware(RequestDelegate next, Mischiefs mischiefs, LateEffects late, TimeProvider clock)
{
    private const string Path = "/sandbox/misbehaviours";

    public Task InvokeAsync(HttpContext http)
    {
        if (http.Request.Path == Path)
        {
            return ControlAsync(http);
        }

        return http.Request.Path.StartsWithSegments("/sandbox") || http.Request.Path.StartsWithSegments("/_sandbox") ? next(http)
            : mischiefs.Take(http.Request) is { } mischief ? MisbehaveAsync(http, mischief)
            : WhileConnectedAsync(http);
    }

    private async Task ControlAsync(HttpContext http)
    {
        switch (http.Request.Method)
        {
            case "POST":
                var body = await RequestBody.ReadAsync(http.Request, http.RequestAborted) as JsonObject ?? [];
                mischiefs.Add(Mischief.Parse(body));
                break;
            case "DELETE":
                mischiefs.Clear();
                break;
            default:
                throw ApiException.MethodNotAllowed();
        }

        await Answer.JsonAsync(http, Answer.Success());
    }

    private async Task WhileConnectedAsync(HttpContext http)
    {
        await using var cut = mischiefs.ConnectionsBreak.Register(() => Cut(http));
        await next(http);
    }

    private async Task MisbehaveAsync(HttpContext http, Mischief mischief)
    {
        switch (mischief.Kind)
        {
            case "tooManyRequests":
                throw new ApiException(429, "TooManyRequests", "Too many requests, please try again later.", new JsonObject { ["retryAfterSeconds"] = 1 });
            case "internalError":
                throw new ApiException(500, "InternalError", "Internal error occurred: the sandbox was asked to fail");
            case "forbidden":
                throw Forbidden(http.Request);
            case "slow":
                await Task.Delay(mischief.Delay, clock, http.RequestAborted);
                await WhileConnectedAsync(http);
                break;
            case "lostAnswer":
                http.Response.Body = Stream.Null;
                await next(http);
                http.Abort();
                break;
            case "lateEffect":
                await late.TakeAsync(http, mischief.Delay, next);
                Cut(http);
                break;
            case "staleRead":
                Staleness.Set(http, mischief.Delay);
                await WhileConnectedAsync(http);
                break;
            default:
                Cut(http);
                break;
        }
    }

    // The whole connection: a client that speaks HTTP/2 would otherwise only lose one stream of it.
    private static void Cut(HttpContext http)
    {
        http.Features.Get<IConnectionLifetimeFeature>()?.Abort();
        http.Abort();
    }

    private static ApiException Forbidden(HttpRequest request)
    {
        var name = ApiPath.Parse(request.Path.Value ?? "")?.Name ?? "";
        return ApiException.Forbidden(
            ResourceTypes.Pods, name, "violates PodSecurity \"baseline:latest\": non-default capabilities (container \"gameday\" must not include \"NET_ADMIN\" in securityContext.capabilities.add)");
    }
}
