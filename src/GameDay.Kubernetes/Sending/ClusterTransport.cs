using System.Net;
using System.Net.Http.Headers;

namespace GameDay.Kubernetes;

/// <summary>Sends requests to one cluster: at whose turn, how often, how long, and as whom.</summary>
internal sealed class ClusterTransport : IDisposable
{
    private readonly KubernetesClientConfiguration _config;
    private readonly TimeProvider _clock;
    private readonly Connections _connections;
    private readonly Turns _turns;

    public ClusterTransport(KubernetesClientConfiguration config, TimeProvider clock)
    {
        _config = config;
        _clock = clock;
        _connections = new(config);
        _turns = new(config, clock);
        ServerClock = new(clock);
        Failures = new(config);
        Root = new(config.Host.AbsoluteUri.TrimEnd('/') + "/");
    }

    public ServerClock ServerClock { get; }

    public Failures Failures { get; }

    public Uri Root { get; }

    /// <summary>The answer as <paramref name="read"/> makes it, within the client's own limit, which begins when it is our turn.</summary>
    public async Task<T> CallAsync<T>(ApiRequest request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        await TokenAsync(refused: null, cancellationToken); // a slow credential plugin has a limit and an error of its own
        using var turn = await _turns.TakeAsync(request, cancellationToken);
        using var wait = new CancellationTokenSource(_config.ClientWait, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(wait.Token, cancellationToken);
        try
        {
            return await TryAsync(request, read, either.Token);
        }
        catch (OperationCanceledException cause) when (!cancellationToken.IsCancellationRequested)
        {
            // A connection that takes too long comes as a cancellation, too, which nobody asked for.
            throw wait.IsCancellationRequested ? Failures.NoAnswer(request, cause) : Failures.NoConnection(request, cause);
        }
        catch (Exception cause) when (cause is HttpRequestException or IOException)
        {
            throw Failures.Unreachable(request, cause);
        }
    }

    /// <summary>The connections to use for a call with the credentials as they are now, and those credentials.</summary>
    public async Task<(HttpMessageInvoker Invoker, UsedCredentials Used)> SignedInAsync(UsedCredentials? refused, CancellationToken cancellationToken)
    {
        var token = await TokenAsync(refused, cancellationToken);
        var certificate = _config.Credentials.ClientCertificate;
        return (_connections.For(certificate), new(token, certificate));
    }

    public void Dispose()
    {
        _connections.Dispose();
        _turns.Dispose();
        (_config.Credentials as IDisposable)?.Dispose();
    }

    private async Task<T> TryAsync<T>(ApiRequest request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        var attempts = new Attempts(request, _config, Failures, _clock);
        while (true)
        {
            try
            {
                return await read(await SendAsync(attempts, cancellationToken), cancellationToken);
            }
            catch (Exception cause) when (attempts.MayRepeat(cause) && !cancellationToken.IsCancellationRequested)
            {
                await Task.Delay(attempts.Pause, _clock, cancellationToken);
            }
        }
    }

    /// <summary>Sends, and once more with fresh credentials when the server did not know us.</summary>
    private async Task<HttpResponseMessage> SendAsync(Attempts attempts, CancellationToken cancellationToken)
    {
        var (invoker, used) = await SignedInAsync(refused: null, cancellationToken);
        var response = await SendOnceAsync(attempts.Next(), invoker, used.Token, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Unauthorized || !_config.Credentials.CanRefresh)
            return response;
        response.Dispose();
        (invoker, used) = await SignedInAsync(refused: used, cancellationToken);
        return await SendOnceAsync(attempts.Next(), invoker, used.Token, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendOnceAsync(ApiRequest request, HttpMessageInvoker invoker, string? token, CancellationToken cancellationToken)
    {
        using var message = request.ToMessage(Root);
        message.Headers.UserAgent.Add(new ProductInfoHeaderValue("gameday", "0.1"));
        // The pool takes the name to verify from the Host header; API servers do not look at it.
        message.Headers.Host = _config.TlsServerName;
        if (token is not null)
            message.Headers.Authorization = new("Bearer", token);
        var response = await invoker.SendAsync(message, cancellationToken);
        if (response.Headers.Date is { } date)
            ServerClock.Observe(date);
        return response;
    }

    private async ValueTask<string?> TokenAsync(UsedCredentials? refused, CancellationToken cancellationToken)
    {
        try
        {
            return await _config.Credentials.TokenAsync(refused, cancellationToken);
        }
        catch (KubeConfigException cause)
        {
            // Nothing was sent, and it may pass: for callers that is a cluster that is away, as any other.
            throw new ClusterUnreachableException(_config.ClusterName, $"signing in failed: {cause.Message}", mayHaveLanded: false, cause);
        }
    }
}
