using System.Net;

namespace GameDay.Sandbox.Network;

/// <summary>
/// Hands out pod addresses 127.x.NODE.N. A node owns every eighth block, so that thousands of ghosts fit;
/// freed addresses rest at the end of the queue, because clients still hold connections to their last owner.
/// </summary>
public sealed class PodAddresses(Subnet subnet)
{
    private const int Nodes = 8;
    private const int PerBlock = 253;
    private readonly Lock _gate = new();
    private readonly Dictionary<int, int> _next = [];
    private readonly Dictionary<int, Queue<IPAddress>> _freed = [];

    /// <summary>The next address on a node (numbered from 1).</summary>
    public IPAddress Take(int node)
    {
        var slot = ((node - 1) % (Nodes - 1)) + 1;
        lock (_gate)
        {
            var n = _next.GetValueOrDefault(slot);
            if (slot + (Nodes * (n / PerBlock)) > 255)
            {
                return _freed[slot].Dequeue();
            }

            _next[slot] = n + 1;
            return subnet.Address(slot + (Nodes * (n / PerBlock)), 2 + (n % PerBlock));
        }
    }

    public void Release(IPAddress address)
    {
        var slot = address.GetAddressBytes()[2] % Nodes;
        lock (_gate)
        {
            if (!_freed.TryGetValue(slot, out var queue))
            {
                _freed[slot] = queue = new Queue<IPAddress>();
            }

            queue.Enqueue(address);
        }
    }
}
