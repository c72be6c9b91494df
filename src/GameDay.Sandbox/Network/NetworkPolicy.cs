using System.Net;
using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Network;

/// <summary>One NetworkPolicy, read once and asked often. Policies are a union of allows: none can deny what another allows.</summary>
public sealed class NetworkPolicy
{
    private readonly string _namespace;
    private readonly PeerSelector _pods;
    private readonly PolicyRule[]? _ingress;
    private readonly PolicyRule[]? _egress;

    private NetworkPolicy(string ns, PeerSelector pods, PolicyRule[]? ingress, PolicyRule[]? egress) =>
        (_namespace, _pods, _ingress, _egress) = (ns, pods, ingress, egress);

    public static NetworkPolicy From(JsonObject policy)
    {
        var ns = policy.Namespace();
        var spec = policy.At("spec");
        var types = spec.Texts("policyTypes");
        return new NetworkPolicy(
            ns,
            PeerSelector.From(spec.At("podSelector")),
            types.Count == 0 || types.Contains("Ingress") ? Rules(spec, "ingress", "from", ns) : null,
            (types.Count == 0 && spec.At("egress") is not null) || types.Contains("Egress") ? Rules(spec, "egress", "to", ns) : null);
    }

    /// <summary>Null when this policy says nothing about connections into the pod.</summary>
    public bool? AllowsIngress(PodEndpoint target, Peer from, Peer to) => Verdict(_ingress, target, from, to);

    /// <summary>Null when this policy says nothing about connections out of the pod.</summary>
    public bool? AllowsEgress(PodEndpoint source, Peer to) => Verdict(_egress, source, to, to);

    private bool? Verdict(PolicyRule[]? rules, PodEndpoint selected, Peer peer, Peer to) =>
        rules is null || selected.Namespace != _namespace || !_pods.Matches(selected.Labels)
            ? null
            : rules.Any(rule => rule.Allows(peer, to));

    private static PolicyRule[] Rules(JsonNode? spec, string direction, string peers, string ns) =>
        [.. spec.Items(direction).Select(rule => PolicyRule.From(rule, peers, ns))];
}

/// <summary>One end of a connection: its address and port, its pod and that pod's namespace labels when it is one.</summary>
public sealed record Peer(IPAddress Address, int Port, PodEndpoint? Pod, IReadOnlyDictionary<string, string> NamespaceLabels);
