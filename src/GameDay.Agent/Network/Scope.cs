using System.Net;

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
        var scope = this with { Never = [.. Never.Concat(addresses).Distinct()] };
        return scope.To.FirstOrDefault(scope.Never.Contains) is { } protectedOne
            ? throw new KernelProblem($"{protectedOne} is never touched: node, gateway and API server stay reachable")
            : scope;
    }
}
