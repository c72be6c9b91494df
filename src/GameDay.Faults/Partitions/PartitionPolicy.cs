using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults.Partitions;

/// <summary>
/// A policy that allows everything but the peer. It selects one pod only, by a label put on that pod, so that a
/// partition of one target is proved gone whatever its sisters still suffer.
/// </summary>
internal static class PartitionPolicy
{
    public const string TargetLabel = "gameday.dev/partition";

    public static string NameOf(InjectionOrder order) => $"gameday-{order.ShortId}";

    public static V1NetworkPolicy Build(InjectionOrder order, UndoPlan undo, Pair pair)
    {
        var others = EverybodyBut(pair, order.Target.Namespace);
        return new()
        {
            Metadata = new()
            {
                Name = NameOf(order),
                Namespace = order.Target.Namespace,
                Labels = Marks.Labels(order),
                Annotations = Marks.Annotations(order, undo),
            },
            Spec = new()
            {
                PodSelector = new() { MatchLabels = new Dictionary<string, string>(StringComparer.Ordinal) { [TargetLabel] = order.ShortId } },
                PolicyTypes = [pair.Inbound ? "Ingress" : "Egress"],
                Ingress = pair.Inbound ? [new() { From = others }] : null,
                Egress = pair.Inbound ? null : [new() { To = others }],
            },
        };
    }

    /// <summary>Pods of other namespaces, pods here that do not match, and every address that is no peer's.</summary>
    private static List<V1NetworkPolicyPeer> EverybodyBut(Pair pair, string ns)
    {
        var others = new List<V1NetworkPolicyPeer>
        {
            new() { NamespaceSelector = new() { MatchExpressions = [new("kubernetes.io/metadata.name", "NotIn", [ns])] } },
        };
        others.AddRange(SelectorParser.Opposites(pair.PeerSelector).Select(opposite => new V1NetworkPolicyPeer { PodSelector = new() { MatchExpressions = [opposite] } }));
        var addresses = pair.Peers.SelectMany(Addresses).Distinct(StringComparer.Ordinal).ToList();
        others.Add(new() { IpBlock = new("0.0.0.0/0", [.. addresses.Where(ip => !ip.Contains(':')).Select(ip => $"{ip}/32")]) });
        others.Add(new() { IpBlock = new("::/0", [.. addresses.Where(ip => ip.Contains(':')).Select(ip => $"{ip}/128")]) });
        return others;
    }

    private static IEnumerable<string> Addresses(V1Pod pod) => pod.Status?.PodIPs?.Select(ip => ip.Ip) ?? [pod.Status!.PodIP!];
}
