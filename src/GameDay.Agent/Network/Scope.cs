using System.Net;
using System.Net.Sockets;

namespace GameDay.Agent.Network;

/// <summary>Which packets an injection means.</summary>
/// <param name="To">The peers; empty means every peer beyond the device of the default route.</param>
/// <param name="Port">Only TCP to this port of the peers; null means every packet.</param>
/// <param name="Never">Addresses that are passed whatever else is asked: node, gateway, API server.</param>
public sealed record Scope(IReadOnlyList<IPAddress> To, int? Port, IReadOnlyList<IPAddress> Never)
{
    /// <summary>Adds addresses to the ones never touched; a <see cref="KernelProblem"/> when one of them is a target.</summary>
    public Scope Sparing(IReadOnlyList<IPAddress> addresses)
    {
        var spared = Never.Concat(addresses).ToList();
        var scope = this with { Never = [.. spared.Concat(spared.Where(ip => ip.AddressFamily == AddressFamily.InterNetworkV6).Select(Solicited)).Distinct()] };
        return scope.To.FirstOrDefault(scope.Never.Contains) is { } protectedOne
            ? throw new KernelProblem($"{protectedOne} is never touched: node, gateway and API server stay reachable")
            : scope;
    }

    // An IPv6 neighbour is asked for by a multicast address made of its last three bytes: without that it cannot be reached.
    private static IPAddress Solicited(IPAddress address)
    {
        byte[] group = [0xff, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x01, 0xff, .. address.GetAddressBytes()[13..]];
        return new IPAddress(group);
    }
}
