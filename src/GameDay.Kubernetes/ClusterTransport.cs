using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;

namespace GameDay.Kubernetes;

/// <summary>Sends requests to one cluster and turns every way of failing into one of two exceptions.</summary>
internal sealed class ClusterTransport : IDisposable
{
    private const int Tries = 4;
    private readonly KubernetesClientConfiguration _config;
    private readonly TimeProvider _clock;
    private readonly SocketsHttpHandler _handler;
    private readonly HttpMessageInvoker _invoker;

    public ClusterTransport(KubernetesClientConfiguration config, TimeProvider clock)
    {
        _config = config;
        _clock = clock;
        _handler = ClusterHandler.Create(config);
        _invoker = new(_handler);
        ServerClock = new(clock);
        Root = new(config.Host.AbsoluteUri.TrimEnd('/') + "/");
    }

    public ServerClock ServerClock { get; }

    public Uri Root { get; }

    public HttpMessageInvoker Invoker => _invoker;

    /// <summary>Sends, waits for the headers, and returns the answer whatever its status.</summary>
    public async Task<HttpResponseMessage> SendAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var response = await SendOnceAsync(request, refreshToken: false, cancellationToken);
            if (response.StatusCode == HttpStatusCode.Unauthorized && _config.Credentials.CanRefresh)
            {
                response.Dispose();
                response = await SendOnceAsync(request, refreshToken: true, cancellationToken);
            }

            // The server turned it away unread (flow control), so sending it again changes nothing twice.
            if (response.StatusCode != HttpStatusCode.TooManyRequests || response.Headers.RetryAfter?.Delta is not { } wait || attempt == Tries)
                return response;
            response.Dispose();
            await Task.Delay(wait < TimeSpan.FromSeconds(1) ? wait : TimeSpan.FromSeconds(1), _clock, cancellationToken);
        }
    }

    /// <summary>The client's own limit: the caller's token, or no answer in time.</summary>
    public async Task<T> WithinWaitAsync<T>(ApiRequest request, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var wait = new CancellationTokenSource(_config.ClientWait, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(wait.Token, cancellationToken);
        try
        {
            return await work(either.Token);
        }
        catch (OperationCanceledException cause) when (wait.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw Unreachable(request, $"no answer within {_config.ClientWait.TotalSeconds:0.#} s", cause);
        }
        catch (Exception cause) when (cause is HttpRequestException or IOException)
        {
            throw Unreachable(request, cause);
        }
    }

    public ClusterUnreachableException Unreachable(ApiRequest request, Exception cause)
    {
        var neverSent = cause is HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError
        };
        var words = cause.InnerException is AuthenticationException tls ? tls.Message : cause.GetBaseException().Message;
        return new(_config.ClusterName, words, request.IsMutating && !neverSent, cause);
    }

    public ClusterUnreachableException Unreachable(ApiRequest request, string words, Exception? cause = null) =>
        new(_config.ClusterName, words, request.IsMutating, cause);

    public async Task<string?> TokenAsync(CancellationToken cancellationToken) => await _config.Credentials.TokenAsync(refresh: false, cancellationToken);

    public void Dispose()
    {
        _invoker.Dispose();
        _handler.Dispose();
        (_config.Credentials as IDisposable)?.Dispose();
    }

    private async Task<HttpResponseMessage> SendOnceAsync(ApiRequest request, bool refreshToken, CancellationToken cancellationToken)
    {
        using var message = request.ToMessage(Root);
        message.Headers.UserAgent.Add(new ProductInfoHeaderValue("gameday", "0.1"));
        // The pool takes the name to verify from the Host header; API servers do not look at it.
        message.Headers.Host = _config.TlsServerName;
        if (await _config.Credentials.TokenAsync(refreshToken, cancellationToken) is { } token)
            message.Headers.Authorization = new("Bearer", token);
        var response = await _invoker.SendAsync(message, cancellationToken);
        if (response.Headers.Date is { } date)
            ServerClock.Observe(date);
        return response;
    }
}
