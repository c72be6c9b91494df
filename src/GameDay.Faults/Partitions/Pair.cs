using System.Globalization;
using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults.Partitions;

/// <summary>The two ends to be parted: the target, its peers, and the one connection that is tried to see it.</summary>
/// <param name="Inbound">The peers may no longer reach the target; else the target may no longer reach them.</param>
/// <param name="Peers">Every pod the policy parts from the target.</param>
/// <param name="Source">Where the connection is tried from.</param>
internal sealed record Pair(bool Inbound, string PeerSelector, V1Pod Target, IReadOnlyList<V1Pod> Peers, V1Pod Source, V1Pod Destination, int Port)
{
    public string Address => Destination.Status?.PodIP is { } ip
        ? ip.Contains(':') ? $"[{ip}]:{Port}" : $"{ip}:{Port}"
        : throw new FaultRefused($"{Destination.Metadata.Name} has no address yet.");

    public string InWords => $"{Source.Metadata.Name} to {Destination.Metadata.Name} ({Address})";

    /// <summary>Reads both ends as they are now.</summary>
    /// <exception cref="FaultRefused">The settings name no peer, or no peer is there to try from.</exception>
    public static async Task<Pair> ReadAsync(KubernetesClient client, InjectionOrder order, V1Pod target, CancellationToken ct)
    {
        var (inbound, selector) = Direction(order.Settings);
        var found = await client.ListAsync<V1Pod>(order.Target.Namespace, selector, cancellationToken: ct);
        var peers = found.Items.Where(pod => pod.IsAlive && pod.Metadata.Uid != target.Metadata.Uid && pod.Status?.PodIP is not null).ToList();
        // Agents stay in a pod's spec for its life, so the peer that has held the fewest is asked.
        var peer = peers.Where(pod => pod.IsReady).OrderBy(Agents.AgentContainer.CountIn).ThenBy(pod => pod.Metadata.Name, StringComparer.Ordinal).FirstOrDefault()
            ?? throw new FaultRefused($"No ready pod in namespace '{order.Target.Namespace}' matches the peer '{selector}', so nothing can be parted.");
        var destination = inbound ? target : peer;
        return new(inbound, selector, target, peers, inbound ? peer : target, destination, PortOf(order.Settings, destination));
    }

    public static (bool Inbound, string Selector) Direction(IReadOnlyDictionary<string, string> settings) =>
        (settings.GetValueOrDefault("from"), settings.GetValueOrDefault("to")) switch
        {
            ({ Length: > 0 } from, null or "") => (true, from),
            (null or "", { Length: > 0 } to) => (false, to),
            _ => throw new FaultRefused("network-partition needs exactly one of 'from' (pods that can no longer reach the targets) and 'to' (pods the targets can no longer reach)."),
        };

    private static int PortOf(IReadOnlyDictionary<string, string> settings, V1Pod destination)
    {
        if (settings.GetValueOrDefault("port") is { Length: > 0 } text)
            return int.Parse(text, CultureInfo.InvariantCulture);
        return destination.Spec?.Containers?.SelectMany(container => container.Ports ?? []).FirstOrDefault()?.ContainerPort
            ?? throw new FaultRefused($"{destination.Metadata.Name} declares no port; give the setting 'port', which is tried to see the partition.");
    }
}
