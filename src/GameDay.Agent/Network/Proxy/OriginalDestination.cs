using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace GameDay.Agent.Network.Proxy;

/// <summary>Where a redirected connection was going, as conntrack remembers it.</summary>
internal static class OriginalDestination
{
    private const int SolIp = 0;
    private const int SolIp6 = 41;
    private const int SoOriginalDst = 80;

    /// <summary>Throws <see cref="SocketException"/> for a connection that nobody redirected.</summary>
    public static IPEndPoint Of(Socket accepted)
    {
        var six = accepted.AddressFamily == AddressFamily.InterNetworkV6;
        Span<byte> answer = stackalloc byte[six ? 28 : 16];
        accepted.GetRawSocketOption(six ? SolIp6 : SolIp, SoOriginalDst, answer);
        var port = BinaryPrimitives.ReadUInt16BigEndian(answer[2..]);
        var to = new IPEndPoint(new IPAddress(six ? answer.Slice(8, 16) : answer.Slice(4, 4)), port);
        return to.Equals(accepted.LocalEndPoint) ? throw new SocketException((int)SocketError.ConnectionRefused) : to;
    }
}

/// <summary>The mark by which the proxy's own connections pass its redirect.</summary>
internal static class SocketMarking
{
    private const int SolSocket = 1;
    private const int SoMark = 36;

    public static void Set(Socket socket, int mark) => socket.SetRawSocketOption(SolSocket, SoMark, BitConverter.GetBytes(mark));
}
