using System.Net.Sockets;

namespace GameDay.Agent.Network;

/// <summary>One base chain of an injection's table: where packets meet it and what happens to those it means.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Hook">The words after <c>type</c>: type, hook and priority.</param>
/// <param name="Incoming">Packets come from the peers instead of going to them.</param>
/// <param name="Ports">The fields of TCP that a port is looked for in.</param>
/// <param name="Verdict">What happens to a packet that matches.</param>
/// <param name="Own">A match whose packets pass first, such as the agent's own; null for none.</param>
public sealed record TableChain(string Name, string Hook, bool Incoming, IReadOnlyList<string> Ports, string Verdict, string? Own = null)
{
    /// <summary>The rules, in order: never-touched addresses first, then every peer that a timed set still holds.</summary>
    public IEnumerable<string> Rules(Scope scope)
    {
        if (Own is not null)
            yield return $"{Own} accept";
        foreach (var (protocol, suffix, family) in Families)
        {
            if (scope.Never.Any(ip => ip.AddressFamily == family))
                yield return $"{protocol} {Address} @never{suffix} accept";
        }
        foreach (var match in Peers(scope))
        {
            foreach (var port in scope.Port is null ? [""] : Ports.Select(field => $" tcp {field} {scope.Port}"))
                yield return $"{match}{port} {Verdict}";
        }
    }

    /// <summary>The two address families: how a rule names them, and their sets.</summary>
    public static IReadOnlyList<(string Protocol, string Suffix, AddressFamily Family)> Families { get; } =
        [("ip", "4", AddressFamily.InterNetwork), ("ip6", "6", AddressFamily.InterNetworkV6)];

    private string Address => Incoming ? "saddr" : "daddr";

    private IEnumerable<string> Peers(Scope scope) => scope.To.Count == 0
        ? [Incoming ? "iifname @links" : "oifname @links"]
        : Families.Where(family => scope.To.Any(ip => ip.AddressFamily == family.Family)).Select(family => $"{family.Protocol} {Address} @peers{family.Suffix}");
}
