using System.Net;

namespace GameDay.Sandbox.Shop;

/// <summary>How one shop service calls another: a time limit on each try, and retries that land on another replica.</summary>
public static class ShopCalls
{
    /// <summary>Sends a request and reads the answer.</summary>
    /// <param name="timeout">Limit of each try.</param>
    /// <param name="retries">Further tries after a broken connection, a timeout or a 5xx.</param>
    /// <exception cref="HttpRequestException">No try was answered by a 2xx.</exception>
    public static async Task<string> CallAsync(
        this ShopProcess process, HttpMethod method, string url, TimeSpan timeout, int retries = 0, string? body = null, CancellationToken ct = default)
    {
        for (var left = retries; ; left--)
        {
            try
            {
                return await TryAsync(process, method, url, timeout, body, ct);
            }
            catch (Exception e) when (left > 0 && !ct.IsCancellationRequested && e is HttpRequestException or OperationCanceledException or IOException)
            {
                process.Log($"retry {url}: {e.Message}");
            }
        }
    }

    private static async Task<string> TryAsync(ShopProcess process, HttpMethod method, string url, TimeSpan timeout, string? body, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(timeout);
        using var request = new HttpRequestMessage(method, url) { Content = body is null ? null : new StringContent(body) };
        using var response = await process.Http.Client.SendAsync(request, limit.Token);
        var text = await response.Content.ReadAsStringAsync(limit.Token);
        return response.IsSuccessStatusCode
            ? text
            : throw new HttpRequestException($"{url} answered {(int)response.StatusCode}", null, response.StatusCode);
    }

    public static bool IsNotFound(this HttpRequestException refused) => refused.StatusCode == HttpStatusCode.NotFound;
}
