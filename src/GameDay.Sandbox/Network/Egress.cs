using System.Net;
using GameDay.Sandbox.Kernel.Nft;

namespace GameDay.Sandbox.Network;

/// <summary>What happens now to packets on their way from one end of a connection to the other, in the kernels of both.</summary>
/// <param name="From">Null for the host, which has no rules.</param>
/// <param name="Source">The sender's own end; port 0 while it is not known.</param>
public sealed record Egress(IPodKernel? Kernel, string? From, IPEndPoint Source, string? To, IPEndPoint Destination)
{
    private const int HandshakeBytes = 60;

    private Packet Leaving => new(false, Destination.Address, Destination.Port, Source.Port);

    private Packet Arriving => new(true, Source.Address, Source.Port, Destination.Port);

    public bool Drops => Kernel is not null
        && ((From is not null && Kernel.Drops(From, Leaving)) || (To is not null && Kernel.Drops(To, Arriving)));

    /// <summary>Whether a packet of the handshake is lost by chance this time.</summary>
    public bool Loses => From is not null && Kernel?.Loses(From, Leaving) == true;

    /// <summary>How long a packet of the handshake waits.</summary>
    public TimeSpan Delay => Hold(HandshakeBytes);

    public TimeSpan Hold(int bytes) => From is null ? TimeSpan.Zero : Kernel?.Hold(From, Leaving, bytes) ?? TimeSpan.Zero;

    /// <summary>The same connection the other way.</summary>
    public Egress Back => new(Kernel, To, Destination, From, Source);
}
