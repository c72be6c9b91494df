using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace GameDay.Sandbox.Network;

/// <summary>A real server on a pod's address; what it writes is delayed by its pod's kernel.</summary>
public sealed class PodServer : IDisposable
{
    private static readonly SocketTransportFactory Transport = new(Options.Create(new SocketTransportOptions { IOQueueCount = 0 }), NullLoggerFactory.Instance);
    private readonly PodNetwork _network;
    private readonly string _podUid;
    private readonly Freezer? _process;
    private readonly KestrelServer _server;

    private PodServer(PodNetwork network, string podUid, IPEndPoint address, Freezer? process, Listener? other)
    {
        (_network, _podUid, _process) = (network, podUid, process);
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Listen(address, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(next => connection => ServeAsync(connection, address, next));
        });
        if (other is not null)
        {
            var second = new IPEndPoint(address.Address, other.Port);
            options.Listen(second, listen => listen
                .Use(next => connection => ServeAsync(connection, second, next))
                .Run(connection => other.Serve(connection.Transport, (IPEndPoint)connection.RemoteEndPoint!, connection.ConnectionClosed)));
        }

        _server = new KestrelServer(Options.Create(options), Transport, NullLoggerFactory.Instance);
    }

    public static async Task<PodServer> StartAsync(PodNetwork network, string podUid, IPEndPoint address, RequestDelegate handler, CancellationToken ct, Freezer? process = null, Listener? other = null)
    {
        var server = new PodServer(network, podUid, address, process, other);
        await server._server.StartAsync(new Application(process is null ? handler : http => WhenRunningAsync(process, http, handler)), ct);
        return server;
    }

    /// <summary>Stops accepting, lets requests in flight finish for as long as <paramref name="grace"/>, then cuts what is left.</summary>
    public async Task DrainAsync(TimeSpan grace, CancellationToken killed)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(killed);
        enough.CancelAfter(grace);
        await _server.StopAsync(enough.Token);
    }

    /// <summary>Resets every connection at once, as the kernel does for a killed process.</summary>
    public Task KillAsync() => _server.StopAsync(new CancellationToken(canceled: true));

    public void Dispose() => _server.Dispose();

    private async Task ServeAsync(ConnectionContext connection, IPEndPoint local, ConnectionDelegate next)
    {
        var remote = (IPEndPoint)connection.RemoteEndPoint!;
        await _network.AcceptAsync(local, remote, connection.ConnectionClosed);
        var plain = connection.Transport;
        await using var delayed = new DelayedStream(plain.Output.AsStream(), _network.EgressOf(_podUid, local, remote), _network.Clock, _process);
        await using var reset = connection.ConnectionClosed.Register(delayed.Abandon);
        connection.Transport = new Duplex(plain.Input, PipeWriter.Create(delayed));
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = plain;
        }
    }

    private static async Task WhenRunningAsync(Freezer process, HttpContext http, RequestDelegate handler)
    {
        await process.RunsAsync(http.RequestAborted);
        await handler(http);
    }

    /// <summary>Another port of the same pod, with a protocol of its own.</summary>
    public sealed record Listener(int Port, Func<IDuplexPipe, IPEndPoint, CancellationToken, Task> Serve);

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class Application(RequestDelegate handler) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public Task ProcessRequestAsync(HttpContext context) => handler(context);

        public void DisposeContext(HttpContext context, Exception? exception)
        {
        }
    }
}
