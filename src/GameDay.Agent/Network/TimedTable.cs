using System.Globalization;
using System.Net;
using System.Text;

namespace GameDay.Agent.Network;

/// <summary>
/// The nftables table of one injection: every rule that does anything matches through a set whose elements carry a
/// timeout, so the kernel itself ends the fault with every process dead.
/// </summary>
/// <param name="Device">The device of the default route, for a scope without peers.</param>
/// <param name="Timeout">How long the elements live.</param>
/// <param name="Owned">The table goes with the process that made it (<c>flags owner</c>).</param>
public sealed record TimedTable(Names Names, Scope Scope, string Device, TimeSpan Timeout, IReadOnlyList<TableChain> Chains, bool Owned = false)
{
    private string Until => string.Create(CultureInfo.InvariantCulture, $"timeout {Math.Max(1, (long)Timeout.TotalMilliseconds)}ms");

    /// <summary>The text for <c>nft -f -</c>: one transaction, refused when the table is already there.</summary>
    public string Script()
    {
        var text = new StringBuilder();
        // An owned table cannot be created bare and then filled: the flag must be there from the start.
        if (!Owned)
            text.Append(CultureInfo.InvariantCulture, $"create table inet {Names.Table}\n");
        text.Append(CultureInfo.InvariantCulture, $"table inet {Names.Table} {{\n{(Owned ? "  flags owner;\n" : "")}");
        AppendSets(text);
        foreach (var chain in Chains)
        {
            text.Append(CultureInfo.InvariantCulture, $"  chain {chain.Name} {{\n    type {chain.Hook}; policy accept;\n");
            foreach (var rule in chain.Rules(Scope))
                text.Append(CultureInfo.InvariantCulture, $"    {rule};\n");
            text.Append("  }\n");
        }
        return text.Append("}\n").ToString();
    }

    private void AppendSets(StringBuilder text)
    {
        foreach (var (_, suffix, family) in TableChain.Families)
        {
            var type = suffix == "4" ? "ipv4_addr" : "ipv6_addr";
            AppendSet(text, $"peers{suffix}", $"type {type}; flags timeout", [.. Of(Scope.To).Select(ip => $"{ip} {Until}")]);
            AppendSet(text, $"never{suffix}", $"type {type}", [.. Of(Scope.Never).Select(ip => ip.ToString())]);

            IEnumerable<IPAddress> Of(IReadOnlyList<IPAddress> addresses) => addresses.Where(ip => ip.AddressFamily == family);
        }
        if (Scope.To.Count == 0)
            AppendSet(text, "links", "type ifname; flags timeout", [$"\"{Device}\" {Until}"]);
    }

    private static void AppendSet(StringBuilder text, string name, string kind, IReadOnlyList<string> elements)
    {
        if (elements.Count > 0)
            text.Append(CultureInfo.InvariantCulture, $"  set {name} {{ {kind}; elements = {{ {string.Join(", ", elements)} }}; }}\n");
    }
}
