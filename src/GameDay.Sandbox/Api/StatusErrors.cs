using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api;

/// <summary>Turns refusals into <c>Status</c> answers; anything unforeseen is logged once and becomes a 500.</summary>
internal sealed partial class StatusErrors(RequestDelegate next, ILogger<StatusErrors> log)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (ApiException refusal) when (!http.Response.HasStarted)
        {
            await WriteAsync(http, refusal);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            LogGone(http.Request.Path);
        }
        catch (BadHttpRequestException wrong) when (!http.Response.HasStarted)
        {
            await WriteAsync(http, new ApiException(wrong.StatusCode, wrong.StatusCode == 413 ? "RequestEntityTooLarge" : "BadRequest", wrong.Message));
        }
        catch (Exception failure) when (failure is not OperationCanceledException && !http.Response.HasStarted)
        {
            LogFailure(failure, http.Request.Method, http.Request.Path);
            await WriteAsync(http, new ApiException(500, "InternalError", $"Internal error occurred: {failure.Message}"));
        }
    }

    private static async Task WriteAsync(HttpContext http, ApiException refusal)
    {
        if (refusal.Details.Number("retryAfterSeconds") is { } seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString();
        }

        await Answer.JsonAsync(http, (JsonNode)refusal.ToStatus(), refusal.Code);
    }

    [LoggerMessage(LogLevel.Debug, "Client went away during {Path}")]
    private partial void LogGone(string path);

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed")]
    private partial void LogFailure(Exception failure, string method, string path);
}
