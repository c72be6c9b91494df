using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace GameDay.IntegrationTests.Stage;

/// <summary>
/// A wire between one node and a server (PostgreSQL, the API server) that can be cut and mended. Cut, it hangs as a network does that
/// lost a link: nothing is refused, nothing arrives; what was on its way arrives when it is mended.
/// </summary>
public sealed class TcpForwarder : IAsyncDisposable
{
    private readonly EndPoint _server;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _over = new();
    private readonly ConcurrentDictionary<Task, Task> _wires = [];
    private readonly Task _accepting;
    private volatile TaskCompletionSource _open = Opened();

    /// <param name="server">An <see cref="IPEndPoint"/>, or a <see cref="UnixDomainSocketEndPoint"/>.</param>
    public TcpForwarder(EndPoint server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>On 127.0.0.1.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Cut()
    {
        if (_open.Task.IsCompleted) _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public void Mend() => _open.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Dispose();
        await Task.WhenAll([_accepting, .. _wires.Values]);
        _over.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) Keep(CarryAsync(await _listener.AcceptSocketAsync(_over.Token)));
        }
        catch (OperationCanceledException) when (_over.IsCancellationRequested)
        {
            return;
        }
    }

    private void Keep(Task wire)
    {
        _wires[wire] = wire;
        _ = wire.ContinueWith(done => _wires.TryRemove(done, out _), TaskScheduler.Default);
    }

    private async Task CarryAsync(Socket client)
    {
        using (client)
        using (var server = new Socket(_server.AddressFamily, SocketType.Stream, _server.AddressFamily == AddressFamily.Unix ? ProtocolType.Unspecified : ProtocolType.Tcp))
        {
            try
            {
                await _open.Task.WaitAsync(_over.Token);
                await server.ConnectAsync(_server, _over.Token);
                // Whichever side ends first ends both.
                await Task.WhenAny(PumpAsync(client, server), PumpAsync(server, client));
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, _over.Token) is > 0 and var read)
            {
                await _open.Task.WaitAsync(_over.Token);
                await to.SendAsync(buffer.AsMemory(0, read), _over.Token);
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            return;
        }
    }

    private static TaskCompletionSource Opened()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }
}
