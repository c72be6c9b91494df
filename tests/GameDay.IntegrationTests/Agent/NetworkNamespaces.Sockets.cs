using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace GameDay.IntegrationTests.Agent;

/// <summary>Sockets of this process that live in one of the namespaces: a socket stays where it was made.</summary>
public sealed partial class NetworkNamespaces
{
    private const int CloneNewNet = 0x40000000;

    /// <summary>Another address of the far side.</summary>
    public void AddFarAddress(string address) => Run("ip", "-n", _far, "addr", "add", $"{address}/24", "dev", "eth0");

    /// <summary>A default route of the near side, by an address of the far one.</summary>
    public void AddGateway(string address)
    {
        AddFarAddress(address);
        Run("ip", "-n", _near, "route", "add", "default", "via", address);
    }

    /// <summary>The same for IPv6, which the near side then has an address of too.</summary>
    public void AddGateway6(string address)
    {
        Run("ip", "-n", _near, "-6", "addr", "add", "fd00::1/64", "dev", "eth0", "nodad");
        Run("ip", "-n", _far, "-6", "addr", "add", $"{address}/64", "dev", "eth0", "nodad");
        Run("ip", "-n", _near, "-6", "route", "add", "default", "via", address);
    }

    public Socket NearSocket(AddressFamily family = AddressFamily.InterNetwork) => SocketIn(_near, family);

    /// <summary>Accepts in the far namespace and keeps what it accepted until disposed.</summary>
    public EchoServer Echo(int port, string address = "0.0.0.0") =>
        new(SocketIn(_far, IPAddress.Parse(address).AddressFamily), new IPEndPoint(IPAddress.Parse(address), port));

    /// <summary>A listener in the near namespace that answers nobody.</summary>
    public Socket ListenNear(int port)
    {
        var socket = SocketIn(_near);
        socket.Bind(new IPEndPoint(IPAddress.Any, port));
        socket.Listen();
        return socket;
    }

    public async Task<Socket> ConnectAsync(string address, int port)
    {
        var socket = NearSocket(IPAddress.Parse(address).AddressFamily);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Parse(address), port)).WaitAsync(TimeSpan.FromSeconds(60));
        return socket;
    }

    private static Socket SocketIn(string ns, AddressFamily family = AddressFamily.InterNetwork)
    {
        Socket? made = null;
        // A thread of its own ends with its namespace; one of the pool would take it along.
        var thread = new Thread(() =>
        {
            using var handle = File.OpenHandle($"/run/netns/{ns}");
            if (SetNs((int)handle.DangerousGetHandle(), CloneNewNet) == 0)
                made = new Socket(family, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        });
        thread.Start();
        thread.Join();
        return made ?? throw new InvalidOperationException($"no socket in {ns}");
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNs(int file, int kind);
}

/// <summary>Sends back whatever it gets.</summary>
public sealed class EchoServer : IDisposable
{
    private readonly Socket _listener;
    private readonly ConcurrentBag<Socket> _accepted = [];
    private long _received;

    public EchoServer(Socket listener, IPEndPoint at)
    {
        _listener = listener;
        _listener.Bind(at);
        _listener.Listen();
        _ = AcceptAsync();
    }

    /// <summary>Bytes that arrived so far.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>Resets every connection.</summary>
    public void Break()
    {
        foreach (var client in _accepted)
            client.Close(timeout: 0);
    }

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptAsync());
        }
        catch (Exception problem) when (problem is SocketException or ObjectDisposedException)
        {
            // Disposed: the test is over.
            _listener.Dispose();
        }
    }

    private async Task ServeAsync(Socket client)
    {
        _accepted.Add(client);
        using (client)
        {
            try
            {
                var buffer = new byte[4096];
                for (int read; (read = await client.ReceiveAsync(buffer)) > 0;)
                {
                    Interlocked.Add(ref _received, read);
                    await client.SendAsync(buffer.AsMemory(0, read));
                }
            }
            catch (Exception problem) when (problem is SocketException or ObjectDisposedException)
            {
                // The client went away without a word, as clients do, or was sent away.
                client.Close();
            }
        }
    }
}
