using System.Net;
using System.Net.Sockets;

namespace GameDay.Agent.Network.Proxy;

/// <summary>One redirected connection. As with a slow wire, the way there is held and the way back is not.</summary>
internal sealed class Relay(Socket client, TimeSpan delay, int mark, TimeProvider clock, ProxyLog log)
{
    private readonly long _accepted = clock.GetTimestamp();

    public async Task RunAsync(CancellationToken ct)
    {
        using (client)
        {
            try
            {
                await RelayAsync(ct);
            }
            catch (Exception problem) when (problem is SocketException or IOException or OperationCanceledException or ObjectDisposedException)
            {
                // Whatever broke, the client must see it break: closed with a reset instead of a polite end.
                client.LingerState = new LingerOption(true, 0);
            }
        }
    }

    private async Task RelayAsync(CancellationToken ct)
    {
        var to = OriginalDestination.Of(client);
        log.Begin(to);
        using var server = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        SocketMarking.Set(server, mark);
        // What the client sends while the connection is still on its way waits together with it.
        var line = new DelayLine(delay, clock);
        var reading = line.FillAsync(client, ct);
        await Task.Delay(delay, clock, ct);
        await ConnectAsync(server, to, ct);
        // The first that breaks ends both sides; each waiting for its end would keep the other open for ever.
        await foreach (var done in Task.WhenEach(reading, line.DrainAsync(server, ct), PassAsync(server, ct)))
            await done;
    }

    private async Task ConnectAsync(Socket server, IPEndPoint to, CancellationToken ct)
    {
        try
        {
            await server.ConnectAsync(to, ct);
        }
        finally
        {
            log.Answer(to, clock.GetElapsedTime(_accepted).TotalMilliseconds);
        }
    }

    private async Task PassAsync(Socket server, CancellationToken ct)
    {
        var buffer = new byte[DelayLine.Piece];
        for (int read; (read = await server.ReceiveAsync(buffer, ct)) > 0;)
            await SendAllAsync(client, buffer.AsMemory(0, read), ct);
        client.Shutdown(SocketShutdown.Send);
    }

    public static async Task SendAllAsync(Socket to, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        while (bytes.Length > 0)
            bytes = bytes[await to.SendAsync(bytes, ct)..];
    }
}
