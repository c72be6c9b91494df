using System.Net.Sockets;
using System.Security.Authentication;

namespace GameDay.Kubernetes;

/// <summary>Every way of getting no usable answer, in words that name the cluster, the cause and where to look.</summary>
internal sealed class Failures(KubernetesClientConfiguration config)
{
    private readonly Uri? _proxy = config.Proxy ?? EnvironmentProxy.Read().Before(config.Host);

    public ClusterUnreachableException Unreachable(ApiRequest request, Exception cause)
    {
        var neverSent = cause is HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError
        };
        return new(config.ClusterName, Words(cause), request.IsMutating && !neverSent, cause);
    }

    public ClusterUnreachableException Unreachable(ApiRequest request, string words, Exception? cause = null) =>
        new(config.ClusterName, words, request.IsMutating, cause);

    public ClusterUnreachableException NoAnswer(ApiRequest request, Exception cause) =>
        Unreachable(request, $"no answer within {config.ClientWait.TotalSeconds:0.#} s from {config.Host.Authority} to {request}; is the address right, and does a firewall or proxy stand between?", cause);

    public ClusterUnreachableException NoConnection(ApiRequest request, OperationCanceledException cause) => new(
        config.ClusterName, $"no connection to {Door} in time: it does not answer; is the address right, and does a firewall or proxy stand between?",
        request.IsMutating && cause.InnerException is not TimeoutException, cause);

    /// <summary>Of a change that was not sent, or only to be turned away unread.</summary>
    public ClusterUnreachableException NotSent(ApiRequest request) => new(
        config.ClusterName, $"{request} was not sent: signing in or waiting used up the {config.ServerTimeout.TotalSeconds:0.#} s that it may take", mayHaveLanded: false);

    private string Words(Exception cause)
    {
        for (var inner = cause; inner is not null; inner = inner.InnerException)
        {
            if (inner is AuthenticationException tls)
                return tls.Message;
            if (inner is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
                return $"nothing listens at {Door} (connection refused); does it run, and is the address right?";
            if (inner is SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData })
                return $"the name of {Door} is not known here; is the address right?";
        }

        return cause is HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError }
            ? $"{Door} refused: {cause.Message}"
            : cause.GetBaseException().Message;
    }

    private string Door => _proxy is null ? config.Host.Authority : $"the proxy {_proxy.Host}:{_proxy.Port}";
}
