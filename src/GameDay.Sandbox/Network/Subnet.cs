using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace GameDay.Sandbox.Network;

/// <summary>
/// The loopback range of one sandbox, <c>127.x.0.0/16</c>. Several sandboxes share a machine, so a range
/// is claimed by holding a listening socket in it for as long as the process lives.
/// </summary>
public sealed class Subnet : IDisposable
{
    private const int ClaimPort = 10250;
    private const int FirstFree = 20;
    private readonly Socket _claim;

    private Subnet(byte second, Socket claim) => (Second, _claim) = (second, claim);

    /// <summary>The octet that tells this sandbox's addresses from another's.</summary>
    public byte Second { get; }

    public IPAddress Host => Address(0, 1);

    public string Cidr => $"127.{Second}.0.0/16";

    /// <summary>Claims the named range (<c>127.20</c>), or the first free one when none is named.</summary>
    /// <exception cref="SubnetTaken">The named range is held by another sandbox, or none is free.</exception>
    public static Subnet Claim(string? named)
    {
        if (!string.IsNullOrEmpty(named))
        {
            return TryClaim(Parse(named)) ?? throw new SubnetTaken($"The address range {named} is in use by another sandbox: stop it, or name another with --subnet.");
        }

        for (var second = FirstFree; second < 255; second++)
        {
            if (TryClaim((byte)second) is { } subnet)
            {
                return subnet;
            }
        }

        throw new SubnetTaken("No loopback range 127.20 to 127.254 is free: stop another sandbox first.");
    }

    public IPAddress Address(int third, int fourth) => new([127, Second, (byte)third, (byte)fourth]);

    public bool Contains(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        return bytes.Length == 4 && bytes[0] == 127 && bytes[1] == Second;
    }

    /// <summary>Nodes and the control plane live in the first block, pods in the others.</summary>
    public bool IsHost(IPAddress address) => !Contains(address) || address.GetAddressBytes()[2] == 0;

    public void Dispose() => _claim.Dispose();

    private static byte Parse(string text)
    {
        var parts = text.Split('.');
        return parts is ["127", var octet, ..] && byte.TryParse(octet, NumberStyles.None, CultureInfo.InvariantCulture, out var second) && second > 0
            ? second
            : throw new SubnetTaken($"'{text}' is not a loopback range: two octets such as 127.20 are expected.");
    }

    private static Subnet? TryClaim(byte second)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(new IPAddress([127, second, 0, 1]), ClaimPort));
            socket.Listen(1);
            return new Subnet(second, socket);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse)
        {
            socket.Dispose();
            return null;
        }
    }
}

/// <summary>No address range for this sandbox; the message says what to do.</summary>
public sealed class SubnetTaken(string message) : Exception(message);
