using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Misbehaviour;

/// <summary>
/// <c>POST /sandbox/misbehaviours {"kind":"tooManyRequests","pathContains":"/pods","times":3}</c> makes the next matching requests
/// misbehave; <c>DELETE</c> ends it.
/// </summary>
internal sealed class MisbehaviourMiddleware(RequestDelegate next, Mischiefs mischiefs, TimeProvider clock)
{
    private const string Path = "/sandbox/misbehaviours";

    public Task InvokeAsync(HttpContext http)
    {
        if (http.Request.Path == Path)
        {
            return ControlAsync(http);
        }

        return mischiefs.Take(http.Request) is { } mischief ? MisbehaveAsync(http, mischief) : next(http);
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

    private async Task MisbehaveAsync(HttpContext http, Mischief mischief)
    {
        switch (mischief.Kind)
        {
            case "tooManyRequests":
                throw new ApiException(429, "TooManyRequests", "Too many requests, please try again later.", new JsonObject { ["retryAfterSeconds"] = 1 });
            case "internalError":
                throw new ApiException(500, "InternalError", "Internal error occurred: the sandbox was asked to fail");
            case "slow":
                await Task.Delay(mischief.Delay, clock, http.RequestAborted);
                await next(http);
                break;
            case "lostAnswer":
                http.Response.Body = Stream.Null;
                await next(http);
                http.Abort();
                break;
            default:
                http.Abort();
                break;
        }
    }
}
