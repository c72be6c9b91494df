using System.Globalization;
using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults.Agents;

/// <summary>Whom a network fault means: the peers' own addresses, the cluster addresses that pods really dial, and one address to measure by.</summary>
internal sealed record AgentPeers(IReadOnlyList<string> Names, IReadOnlyList<string> Addresses, string? Probe)
{
    private const int MostNames = 10;

    /// <summary>Names for people, the first few of many.</summary>
    public string InWords => string.Join(',', Names.Take(MostNames)) + (Names.Count > MostNames ? ",..." : "");

    /// <exception cref="FaultRefused">Nothing but the target itself matches.</exception>
    public static async Task<AgentPeers> MatchingAsync(KubernetesClient client, InjectionOrder order, string selector, int? port, CancellationToken ct)
    {
        var ns = order.Target.Namespace;
        var pods = await client.ListAsync<V1Pod>(ns, selector, cancellationToken: ct);
        return await OfAsync(client, order, pods.Items, port, ct)
            ?? throw new FaultRefused($"No running pod in '{ns}' matches '{selector}', so there is no way to disturb. Look with: kubectl -n {ns} get pods -l '{selector}'.");
    }

    /// <summary>Everybody of the namespace who is not in the target's zone.</summary>
    /// <exception cref="FaultRefused">The target is in no zone, or nobody is outside it.</exception>
    public static async Task<AgentPeers> OutsideZoneAsync(KubernetesClient client, InjectionOrder order, CancellationToken ct)
    {
        var (ns, zone) = (order.Target.Namespace, order.Target.Zone ?? throw new FaultRefused($"{order.Target.Name} is in no zone. Look with: kubectl get nodes -L topology.kubernetes.io/zone."));
        var inside = (await client.ListAsync<V1Node>(labelSelector: $"topology.kubernetes.io/zone={zone}", cancellationToken: ct)).Items.Select(node => node.Metadata.Name).ToHashSet(StringComparer.Ordinal);
        var pods = (await client.ListAsync<V1Pod>(ns, cancellationToken: ct)).Items.Where(pod => !inside.Contains(pod.Spec?.NodeName));
        return await OfAsync(client, order, pods, port: null, ct)
            ?? throw new FaultRefused($"No running pod of '{ns}' is outside zone {zone}: there is nobody to be parted from.");
    }

    /// <summary>Null when none of the pods is a peer. A pod in its node's network has the node's address, which is never touched.</summary>
    private static async Task<AgentPeers?> OfAsync(KubernetesClient client, InjectionOrder order, IEnumerable<V1Pod> pods, int? port, CancellationToken ct)
    {
        var peers = pods.Where(pod => pod.IsAlive && pod.Status?.PodIP is not null && pod.Spec?.HostNetwork != true && pod.Metadata.Uid != order.Target.Uid)
            .OrderBy(pod => pod.Metadata.Name, StringComparer.Ordinal).ToList();
        if (peers.Count == 0)
            return null;
        var services = await client.ListAsync<V1Service>(order.Target.Namespace, cancellationToken: ct);
        var cluster = services.Items.Where(service => peers.Exists(peer => Selects(service, peer)))
            .Select(service => service.Spec!.ClusterIP).OfType<string>().Where(ip => ip is not ("" or "None"));
        return new([.. peers.Select(peer => peer.Metadata.Name!)], [.. peers.Select(peer => peer.Status!.PodIP!).Concat(cluster).Distinct(StringComparer.Ordinal)], ProbeOf(peers, port));
    }

    private static bool Selects(V1Service service, V1Pod pod) =>
        service.Spec?.Selector is { Count: > 0 } wanted && wanted.All(label => pod.Metadata.Label(label.Key) == label.Value);

    private static string? ProbeOf(List<V1Pod> peers, int? port) => peers.OrderByDescending(peer => peer.IsReady)
        .Select(peer => (peer.Status!.PodIP, Port: port ?? peer.Spec?.Containers?.SelectMany(c => c.Ports ?? []).FirstOrDefault(p => p.Protocol is null or "TCP")?.ContainerPort))
        .Where(probe => probe.Port is not null)
        .Select(probe => probe.PodIP!.Contains(':', StringComparison.Ordinal)
            ? string.Create(CultureInfo.InvariantCulture, $"[{probe.PodIP}]:{probe.Port}")
            : string.Create(CultureInfo.InvariantCulture, $"{probe.PodIP}:{probe.Port}"))
        .FirstOrDefault();
}
