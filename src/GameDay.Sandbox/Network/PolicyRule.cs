using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Network;

/// <summary>One ingress or egress rule: any of its peers on any of its ports. A list left out allows everything.</summary>
internal sealed class PolicyRule(Func<Peer, bool>[] peers, Func<Peer, bool>[] ports)
{
    public static PolicyRule From(JsonObject rule, string peers, string ns) => new(
        [.. rule.Items(peers).Select(peer => PeerOf(peer, ns))],
        [.. rule.Items("ports").Select(PortOf)]);

    public bool Allows(Peer peer, Peer to) => AnyOrNone(peers, peer) && AnyOrNone(ports, to);

    private static bool AnyOrNone(Func<Peer, bool>[] tests, Peer peer) => tests.Length == 0 || Array.Exists(tests, test => test(peer));

    private static Func<Peer, bool> PeerOf(JsonObject peer, string ns)
    {
        if (peer["ipBlock"] is { } block)
        {
            var network = IPNetwork.Parse(block.Text("cidr") ?? "");
            var except = block.Texts("except").Select(IPNetwork.Parse).ToArray();
            return p => network.Contains(p.Address) && !Array.Exists(except, e => e.Contains(p.Address));
        }

        var pods = PeerSelector.From(peer["podSelector"]);
        if (peer["namespaceSelector"] is not { } selector)
        {
            return p => p.Pod is { } pod && pod.Namespace == ns && pods.Matches(pod.Labels);
        }

        var namespaces = PeerSelector.From(selector);
        return p => p.Pod is { } pod && namespaces.Matches(p.NamespaceLabels) && pods.Matches(pod.Labels);
    }

    private static Func<Peer, bool> PortOf(JsonObject port)
    {
        if (port.Text("protocol") is { } protocol && protocol != "TCP")
        {
            return _ => false;
        }

        if (port.Text("port") is not { } value)
        {
            return _ => true;
        }

        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var first))
        {
            return to => to.Pod?.Ports.GetValueOrDefault(value) == to.Port;
        }

        var last = port.Number("endPort") ?? first;
        return to => to.Port >= first && to.Port <= last;
    }
}
