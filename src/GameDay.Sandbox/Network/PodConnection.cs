using System.Net.Sockets;

namespace GameDay.Sandbox.Network;

/// <summary>The dialling end of a connection. Disposing it closes the connection after delayed bytes have left.</summary>
public sealed class PodConnection(Socket socket, Egress egress, TimeProvider clock, Action closed, Freezer? process)
    : DelayedStream(new DialledSocket(socket, closed), egress, clock, process)
{
    /// <summary>Resets the connection, as the kernel does for a killed process.</summary>
    public void Reset()
    {
        Abandon();
        socket.Close(timeout: 0);
        closed();
    }

    private sealed class DialledSocket(Socket socket, Action closed) : NetworkStream(socket, ownsSocket: true)
    {
        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            closed();
        }
    }
}
