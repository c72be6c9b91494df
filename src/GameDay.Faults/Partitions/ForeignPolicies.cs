using System.Net;
using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults.Partitions;

/// <summary>Policies are a union of allows: ours cannot cancel what another one allows, so such a pair is refused.</summary>
internal sealed class ForeignPolicies(IReadOnlyList<V1NetworkPolicy> policies, IReadOnlyDictionary<string, string>? namespaceLabels)
{
    public static async Task<ForeignPolicies> ReadAsync(KubernetesClient client, string ns, CancellationToken ct) =>
        new((await client.ListAsync<V1NetworkPolicy>(ns, cancellationToken: ct)).Items, await LabelsAsync(client, ns, ct));

    /// <exception cref="FaultRefused">Another policy allows the pair, or already forbids it.</exception>
    public void Refuse(Pair pair)
    {
        var selecting = policies.Where(policy => Selects(policy, pair)).ToList();
        if (selecting.Find(policy => Allows(policy, pair)) is { } allowing)
        {
            throw new FaultRefused(
                $"NetworkPolicy {allowing.Metadata.Namespace}/{allowing.Metadata.Name} allows this pair, and no policy can cancel another's allow. " +
                "Use 'by: agent', which drops the packets in the pod itself, or change that policy.");
        }

        if (selecting.Count > 0)
            throw new FaultRefused($"NetworkPolicy {selecting[0].Metadata.Namespace}/{selecting[0].Metadata.Name} keeps this pair apart already; there is nothing to inject.");
    }

    private static bool Selects(V1NetworkPolicy policy, Pair pair) =>
        policy.Spec is { } spec && spec.PodSelector.Matches(pair.Target.Metadata.Labels) && (pair.Inbound ? TypesOf(spec).Ingress : TypesOf(spec).Egress);

    private static (bool Ingress, bool Egress) TypesOf(V1NetworkPolicySpec spec) => spec.PolicyTypes is { Count: > 0 } types
        ? (types.Contains("Ingress"), types.Contains("Egress"))
        : (true, spec.Egress is { Count: > 0 });

    /// <summary>Ports are left out of account: a policy that allows one port of the pair would leave the fault half done.</summary>
    private bool Allows(V1NetworkPolicy policy, Pair pair) => pair.Inbound
        ? (policy.Spec!.Ingress ?? []).Any(rule => AllowsAny(rule.From, pair))
        : (policy.Spec!.Egress ?? []).Any(rule => AllowsAny(rule.To, pair));

    private bool AllowsAny(IReadOnlyList<V1NetworkPolicyPeer>? allowed, Pair pair) =>
        allowed is null or { Count: 0 } || pair.Peers.Any(peer => allowed.Any(one => Matches(one, peer)));

    private bool Matches(V1NetworkPolicyPeer allowed, V1Pod peer)
    {
        if (allowed.IpBlock is { } block)
            return IPAddress.TryParse(peer.Status?.PodIP, out var ip) && Contains(block.Cidr, ip) && !(block.Except ?? []).Any(cidr => Contains(cidr, ip));
        // Labels of the namespace that we may not read count as matching: fail closed.
        var here = allowed.NamespaceSelector is null || namespaceLabels is null || allowed.NamespaceSelector.Matches(namespaceLabels);
        return here && (allowed.PodSelector is null || allowed.PodSelector.Matches(peer.Metadata.Labels));
    }

    private static bool Contains(string cidr, IPAddress ip) => IPNetwork.TryParse(cidr, out var network) && network.Contains(ip);

    private static async Task<IReadOnlyDictionary<string, string>?> LabelsAsync(KubernetesClient client, string ns, CancellationToken ct)
    {
        try
        {
            return (await client.FindAsync<V1Namespace>(ns, cancellationToken: ct))?.Metadata.Labels;
        }
        catch (KubernetesException refusal) when (refusal.Code == 403)
        {
            return null;
        }
    }
}
