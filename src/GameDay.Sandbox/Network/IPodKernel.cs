using System.Net;

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
    /// How long a packet leaving the pod for this destination waits now, zero when nothing delays it.
    /// Asked for each written piece (also of replies: the destination then is the client and its port)
    /// and for the packets of a TCP handshake.
    /// </summary>
    TimeSpan EgressDelay(string podUid, IPAddress destination, int port);

    /// <summary>
    /// True while packets leaving the pod for this destination are dropped.
    /// Written bytes then wait and are sent again, as TCP does, until it turns false or the connection ends.
    /// </summary>
    bool Drops(string podUid, IPAddress destination, int port);
}
