using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GameDay.Agent.Network;

/// <summary>
/// The nftables table of one injection: every rule matches through a set whose elements carry a timeout,
/// so the kernel itself ends the fault with every process dead.
/// </summary>
public sealed record TimedTable(Names Names, IReadOnlyList<IPAddress> To, int? Port, TimeSpan Timeout)
{
    /// <summary>The text for <c>nft -f -</c>: one transaction, refused when the table is already there.</summary>
    public string Script()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"create table inet {Names.Table}\n");
        text.Append(CultureInfo.InvariantCulture, $"table inet {Names.Table} {{\n");
        AppendSet(text, "peers4", "ipv4_addr", AddressFamily.InterNetwork);
        AppendSet(text, "peers6", "ipv6_addr", AddressFamily.InterNetworkV6);
        text.Append("  chain out {\n    type filter hook output priority mangle; policy accept;\n");
        AppendRule(text, "ip", "peers4", AddressFamily.InterNetwork);
        AppendRule(text, "ip6", "peers6", AddressFamily.InterNetworkV6);
        return text.Append("  }\n}\n").ToString();
    }

    private void AppendSet(StringBuilder text, string name, string type, AddressFamily family)
    {
        if (Members(family) is not { Count: > 0 } members)
            return;
        var timeout = Math.Max(1, (long)Timeout.TotalMilliseconds);
        var elements = string.Join(", ", members.Select(ip => $"{ip} timeout {timeout}ms"));
        text.Append(CultureInfo.InvariantCulture, $"  set {name} {{ type {type}; flags timeout; elements = {{ {elements} }}; }}\n");
    }

    private void AppendRule(StringBuilder text, string protocol, string set, AddressFamily family)
    {
        if (Members(family).Count == 0)
            return;
        var port = Port is { } number ? $" tcp dport {number}" : "";
        text.Append(CultureInfo.InvariantCulture, $"    {protocol} daddr @{set}{port} meta priority set {Names.Mark};\n");
    }

    private List<IPAddress> Members(AddressFamily family) => [.. To.Where(ip => ip.AddressFamily == family)];
}
