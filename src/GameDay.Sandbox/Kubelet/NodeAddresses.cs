using System.Collections.Concurrent;
using System.Net;
using GameDay.Sandbox.Network;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Kubelet;

/// <summary>Nodes numbered in the order they are first seen, with the address their API object names.</summary>
public sealed class NodeAddresses(ClusterStore store, Subnet subnet)
{
    /// <summary>So many have an address of their own; more than these share.</summary>
    private const int Most = 240;

    private readonly ConcurrentDictionary<string, (int Number, IPAddress Address)> _nodes = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    public (int Number, IPAddress Address) Of(string node)
    {
        lock (_gate)
        {
            return _nodes.GetOrAdd(node, Add);
        }
    }

    private (int Number, IPAddress Address) Add(string node)
    {
        var number = _nodes.Count + 1;
        var named = store.Find(ResourceTypes.Nodes, null, node).Items("status", "addresses").FirstOrDefault(a => a.Text("type") == "InternalIP").Text("address");
        return (number, IPAddress.TryParse(named, out var address) && subnet.Contains(address) ? address : subnet.Address(0, 11 + ((number - 1) % Most)));
    }
}
