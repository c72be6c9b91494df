using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace GameDay.Sandbox.Network;

/// <summary>
/// Real TCP between pods on loopback. A connection leaves from its caller's own address, waits what the kernels of
/// both ends delay, and is checked against the policies once, when it is new: established ones are never cut.
/// </summary>
public sealed class PodNetwork(Topology topology, IPodKernel? kernel, TimeProvider clock)
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1); // a dropped SYN is sent again after 1, 2, 4 … s
    private readonly ConcurrentDictionary<IPEndPoint, bool> _dialled = new();

    public Topology Topology => topology;

    public TimeProvider Clock => clock;

    /// <summary>Opens a connection by service name or address. A connection that policies deny hangs until <paramref name="ct"/> ends it.</summary>
    /// <param name="closed">Called when this end of the connection closes; may be called more than once.</param>
    /// <exception cref="SocketException">Unknown name, no Ready pod, connection refused.</exception>
    public async Task<PodConnection> DialAsync(Caller caller, string host, int port, CancellationToken ct, Action? closed = null, Freezer? process = null)
    {
        var destination = topology.Resolve(host, port, caller.Namespace);
        await HandshakeAsync(caller, destination, ct);
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Bind(new IPEndPoint(caller.Address, 0));
            var local = (IPEndPoint)socket.LocalEndPoint!;
            _dialled[local] = true;
            await socket.ConnectAsync(destination, ct);
            return new PodConnection(socket, EgressOf(caller.PodUid, local, destination), clock, () => Closed(local, closed), process);
        }
        catch
        {
            Closed((IPEndPoint?)socket.LocalEndPoint, null);
            socket.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The accepting side of what <see cref="DialAsync"/> did for connections within the sandbox:
    /// a connection from elsewhere (an agent process, curl on the host) is checked and waits here.
    /// </summary>
    public async Task AcceptAsync(IPEndPoint local, IPEndPoint remote, CancellationToken ct)
    {
        if (!_dialled.ContainsKey(remote))
        {
            await HandshakeAsync(CallerAt(remote.Address), local, ct);
        }
    }

    public Egress EgressOf(string? podUid, IPEndPoint source, IPEndPoint destination) =>
        new(kernel, podUid, source, topology.PodAt(destination.Address)?.Uid, destination);

    private async Task HandshakeAsync(Caller caller, IPEndPoint destination, CancellationToken ct)
    {
        var there = EgressOf(caller.PodUid, new IPEndPoint(caller.Address, 0), destination);
        var back = there.Back;
        for (var retry = FirstRetry; !topology.Allows(caller.Address, destination) || there.Drops || back.Drops || there.Loses || back.Loses; retry *= 2)
        {
            await Task.Delay(retry, clock, ct);
        }

        var wait = there.Delay + back.Delay;
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, clock, ct);
        }
    }

    private void Closed(IPEndPoint? local, Action? also)
    {
        if (local is not null)
        {
            _dialled.TryRemove(local, out _);
        }

        also?.Invoke();
    }

    private Caller CallerAt(IPAddress address) =>
        topology.PodAt(address) is { } pod ? new Caller(address, pod.Namespace, pod.Uid) : new Caller(address, "default", null);
}
