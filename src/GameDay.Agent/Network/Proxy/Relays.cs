using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace GameDay.Agent.Network.Proxy;

/// <summary>Listens on loopback for redirected connections and relays each to where it was going, held for the delay.</summary>
internal sealed class Relays : IAsyncDisposable
{
    private static readonly TimeSpan MostForClosing = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(20);

    private readonly TimeSpan _delay;
    private readonly int _mark;
    private readonly TimeProvider _clock;
    private readonly ProxyLog _log;
    private readonly CancellationTokenSource _closed = new();
    private readonly Socket _four;
    private readonly Socket? _six;
    private readonly ConcurrentDictionary<Task, byte> _living = [];

    public Relays(TimeSpan delay, int mark, TimeProvider clock, ProxyLog log)
    {
        (_delay, _mark, _clock, _log) = (delay, mark, clock, log);
        _four = Listen(new IPEndPoint(IPAddress.Loopback, 0));
        Port = ((IPEndPoint)_four.LocalEndPoint!).Port;
        _six = Socket.OSSupportsIPv6 ? TryListen(new IPEndPoint(IPAddress.IPv6Loopback, Port)) : null;
        foreach (var listener in new[] { _four, _six }.OfType<Socket>())
            _ = AcceptAsync(listener);
    }

    /// <summary>Where connections are to be redirected to.</summary>
    public int Port { get; }

    /// <summary>Closes every connection with a reset, and returns when their clients have been told.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        _four.Dispose();
        _six?.Dispose();
        await Task.WhenAll(_living.Keys).WaitAsync(MostForClosing, _clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static Socket Listen(IPEndPoint at)
    {
        var listener = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(at);
        listener.Listen(512);
        return listener;
    }

    // Pods without IPv6 have no such loopback address, and no connection that would need it.
    private static Socket? TryListen(IPEndPoint at)
    {
        try
        {
            return Listen(at);
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (!_closed.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptAsync(_closed.Token);
                Track(new Relay(client, _delay, _mark, _clock, _log).RunAsync(_closed.Token));
            }
            catch (Exception problem) when (problem is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // A client that gave up while it waited, no file left for another, or our own end.
                await Task.Delay(Breath, _clock);
            }
        }
    }

    private void Track(Task relay)
    {
        _living[relay] = 0;
        _ = relay.ContinueWith(ended => _living.TryRemove(ended, out _), TaskScheduler.Default);
    }
}
