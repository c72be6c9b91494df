using System.Collections.Concurrent;

namespace GameDay.Sandbox.Network;

/// <summary>
/// HTTP from one caller's own address over the pod network: keep-alive, a service resolved to a Ready pod on each new connection,
/// and connections renewed now and then so that load spreads and new policies are felt, as with any sensible client.
/// </summary>
public sealed class PodHttp : IDisposable
{
    private readonly PodNetwork _network;
    private readonly Caller _caller;
    private readonly Freezer? _process;
    private readonly ConcurrentDictionary<PodConnection, bool> _open = new();
    private readonly SocketsHttpHandler _handler;

    /// <param name="process">The process that calls; null for one that is never stopped.</param>
    public PodHttp(PodNetwork network, Caller caller, Freezer? process = null)
    {
        (_network, _caller, _process) = (network, caller, process);
        _handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, ct) => await OpenAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, ct),
            ConnectTimeout = TimeSpan.FromSeconds(2),
            PooledConnectionLifetime = TimeSpan.FromSeconds(5),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(3),
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
        };
        Client = new HttpMessageInvoker(_handler, disposeHandler: true);
    }

    public HttpMessageInvoker Client { get; }

    /// <summary>Cuts every connection, as the kernel does for a killed process.</summary>
    public void Reset()
    {
        foreach (var connection in _open.Keys)
        {
            connection.Reset();
        }

        Dispose();
    }

    public void Dispose() => Client.Dispose();

    /// <summary>A connection for another protocol, cut with all others.</summary>
    public async Task<Stream> OpenAsync(string host, int port, CancellationToken ct)
    {
        if (_process is not null)
        {
            await _process.RunsAsync(ct);
        }

        PodConnection? opened = null;
        opened = await _network.DialAsync(_caller, host, port, ct, () => _open.TryRemove(opened!, out _), _process);
        _open[opened] = true;
        return opened;
    }
}
