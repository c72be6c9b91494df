using System.Globalization;
using System.Text.RegularExpressions;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api;

/// <summary>Ends a request after its <c>timeout</c> option (a Go duration such as <c>1m30s</c>) with a 504. Watches and streams have none.</summary>
internal sealed partial class RequestTimeout(RequestDelegate next, TimeProvider clock)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (Of(http.Request) is not { } allowed)
        {
            await next(http);
            return;
        }

        using var limit = new CancellationTokenSource(allowed, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, http.RequestAborted);
        var aborted = http.RequestAborted;
        http.RequestAborted = either.Token;
        try
        {
            await next(http);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !aborted.IsCancellationRequested)
        {
            throw new ApiException(504, "Timeout", $"Timeout: request did not complete within requested timeout - context deadline exceeded ({http.Request.Query["timeout"]})");
        }
        finally
        {
            http.RequestAborted = aborted;
        }
    }

    /// <summary>How long a request may take by its own word; null when it does not say, or may go on for ever.</summary>
    public static TimeSpan? Of(HttpRequest request) =>
        request.Query["timeout"].ToString() is { Length: > 0 } text && !IsLong(request) ? Parse(text) : null;

    private static bool IsLong(HttpRequest request) =>
        request.Query["watch"].ToString() is "true" or "1" || (request.Path.Value ?? "").Split('/') is [.., "exec" or "log"] || request.Path.Value!.Contains("/proxy", StringComparison.Ordinal);

    private static TimeSpan Parse(string text)
    {
        if (!Duration().IsMatch(text))
        {
            throw ApiException.BadRequest($"invalid timeout specified in the request URL - invalid duration \"{text}\"");
        }

        return TimeSpan.FromSeconds(Part().Matches(text).Sum(part =>
            double.Parse(part.Groups["number"].Value, CultureInfo.InvariantCulture) * part.Groups["unit"].Value switch { "h" => 3600, "m" => 60, "s" => 1, "ms" => 0.001, _ => 0.000001 }));
    }

    [GeneratedRegex(@"^(\d+(\.\d+)?(h|ms|m|s|us))+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Duration();

    [GeneratedRegex(@"(?<number>\d+(\.\d+)?)(?<unit>h|ms|m|s|us)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Part();
}
