using System.Net;
using System.Net.Sockets;

namespace GameDay.Benchmarks.Cluster;

/// <summary>Passes connections on to the API server as they are, and counts what comes back.</summary>
internal sealed class ByteRelay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _to;
    private long _received;

    public ByteRelay(string kubeconfig)
    {
        var lines = File.ReadAllLines(kubeconfig);
        var server = new Uri(lines.Select(l => l.Trim()).First(l => l.StartsWith("server: ", StringComparison.Ordinal))[8..]);
        _to = server.Port;
        _listener.Start();
        Kubeconfig = $"{kubeconfig}.counted";
        File.WriteAllLines(Kubeconfig, lines.Select(l => l.Replace($":{_to}", $":{((IPEndPoint)_listener.LocalEndpoint).Port}", StringComparison.Ordinal)));
        _ = AcceptAsync();
    }

    /// <summary>The way through here.</summary>
    public string Kubeconfig { get; }

    /// <summary>Bytes from the server since the last question.</summary>
    public long Take() => Interlocked.Exchange(ref _received, 0);

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = RelayAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception over) when (over is OperationCanceledException or ObjectDisposedException) { } // the bench is over
    }

    private async Task RelayAsync(TcpClient from)
    {
        using (from)
        using (var to = new TcpClient())
        {
            await to.ConnectAsync(IPAddress.Loopback, _to, _stop.Token);
            await Task.WhenAny(PumpAsync(from, to, count: false), PumpAsync(to, from, count: true));
        }
    }

    private async Task PumpAsync(TcpClient from, TcpClient to, bool count)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.GetStream().ReadAsync(buffer, _stop.Token) is > 0 and var read)
            {
                if (count) Interlocked.Add(ref _received, read);
                await to.GetStream().WriteAsync(buffer.AsMemory(0, read), _stop.Token);
            }
        }
        catch (Exception over) when (over is IOException or OperationCanceledException or ObjectDisposedException) { } // one side is done
    }
}
