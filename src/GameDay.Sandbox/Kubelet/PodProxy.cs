using System.Net.Sockets;
using GameDay.Sandbox.Network;

namespace GameDay.Sandbox.Kubelet;

/// <summary>Passes an HTTP request on to a pod over the pod network, as the API server's proxy does.</summary>
internal sealed class PodProxy(PodNetwork network, Caller host) : IDisposable
{
    private static readonly HashSet<string> HopByHop = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Host", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Authorization",
    };

    private readonly PodHttp _http = new(network, host);

    public async Task ForwardAsync(HttpContext context, string address, int port, string path)
    {
        try
        {
            using var answer = await _http.Client.SendAsync(Copy(context.Request, $"http://{address}:{port}{path}"), context.RequestAborted);
            await ReturnAsync(answer, context);
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or IOException && !context.Response.HasStarted)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await context.Response.WriteAsync($"error trying to reach service: {e.Message}", context.RequestAborted);
        }
    }

    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage Copy(HttpRequest request, string url)
    {
        var copy = new HttpRequestMessage(new HttpMethod(request.Method), url);
        if (request.ContentLength > 0 || request.Headers.TransferEncoding.Count > 0)
        {
            copy.Content = new StreamContent(request.Body);
        }

        foreach (var (name, value) in request.Headers.Where(h => !HopByHop.Contains(h.Key)))
        {
            if (!copy.Headers.TryAddWithoutValidation(name, value.AsEnumerable()))
            {
                copy.Content?.Headers.TryAddWithoutValidation(name, value.AsEnumerable());
            }
        }

        return copy;
    }

    private static async Task ReturnAsync(HttpResponseMessage answer, HttpContext context)
    {
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(h => !HopByHop.Contains(h.Key)))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
