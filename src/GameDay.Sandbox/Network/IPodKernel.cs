using GameDay.Sandbox.Kernel.Nft;

namespace GameDay.Sandbox.Network;

/// <summary>
/// The kernel state of each pod as the network sees it: what its qdiscs delay and its nftables drop.
/// The network asks on every write and every new connection, so answers come from memory.
/// </summary>
public interface IPodKernel
{
    /// <summary>
    /// Opens the pod's kernel to its agents and returns the path of the unix socket it listens on,
    /// handed to each agent process as <c>GAMEDAY_KERNEL=unix:PATH</c>. Repeatable: the same pod gets the same socket.
    /// </summary>
    string Open(string podUid);

    /// <summary>The pod is gone, and its network namespace, rules and socket with it. Repeatable.</summary>
    void Close(string podUid);

    /// <summary>
    /// True while packets like this one, leaving or arriving, are dropped. New connections then hang, and written bytes wait
    /// and are sent again, as TCP does, until it turns false or the connection ends.
    /// </summary>
    bool Drops(string podUid, Packet packet);

    /// <summary>Whether this one packet of a handshake is lost by chance; it is then sent again.</summary>
    bool Loses(string podUid, Packet packet);

    /// <summary>
    /// How long bytes leaving the pod wait: delay, rate, and sending lost packets again. Asked once for each written piece
    /// (also of replies: the peer then is the client) and with 60 bytes for the packets of a TCP handshake.
    /// </summary>
    TimeSpan Hold(string podUid, Packet packet, int bytes);
}
