using System.Globalization;
using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults;

/// <summary>Where the slow way leads: the peers' own addresses, the cluster addresses that pods really dial, and one address to measure by.</summary>
internal sealed record LatencyPeers(IReadOnlyList<string> Names, IReadOnlyList<string> Addresses, string? Probe)
{
    /// <exception cref="FaultRefused">Nothing but the target itself matches.</exception>
    public static async Task<LatencyPeers> ResolveAsync(KubernetesClient client, InjectionOrder order, string selector, int? port, CancellationToken ct)
    {
        var ns = order.Target.Namespace;
        var pods = await client.ListAsync<V1Pod>(ns, selector, cancellationToken: ct);
        var peers = pods.Items.Where(pod => pod.IsAlive && pod.Status?.PodIP is not null && pod.Metadata.Uid != order.Target.Uid)
            .OrderBy(pod => pod.Metadata.Name, StringComparer.Ordinal).ToList();
        if (peers.Count == 0)
            throw new FaultRefused($"No running pod in '{ns}' matches '{selector}', so there is no way to slow down. Look with: kubectl -n {ns} get pods -l '{selector}'.");
        var services = await client.ListAsync<V1Service>(ns, cancellationToken: ct);
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
