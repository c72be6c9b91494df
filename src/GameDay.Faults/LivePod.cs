using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults;

/// <summary>Reads a target once more right before the act: it must be the very pod that was chosen, and alive.</summary>
internal static class LivePod
{
    /// <exception cref="FaultRefused">It is gone, was replaced, or is on its way out.</exception>
    public static async Task<V1Pod> ReadAsync(KubernetesClient client, FaultTarget target, CancellationToken ct)
    {
        var pod = await client.FindAsync<V1Pod>(target.Name, target.Namespace, ct)
            ?? throw new FaultRefused($"{target.Namespace}/{target.Name} is gone; resolve the targets again.");
        if (pod.Metadata.Uid != target.Uid)
            throw new FaultRefused($"{target.Namespace}/{target.Name} was replaced since the targets were resolved (uid {pod.Metadata.Uid}, not {target.Uid}); resolve them again.");
        return pod.IsAlive ? pod : throw new FaultRefused($"{target.Namespace}/{target.Name} is ending by itself; resolve the targets again.");
    }

    /// <summary>For a fault held in the pod: whether one that is gone can still run somewhere is asked of its node, so the node must be known before.</summary>
    /// <inheritdoc cref="ReadAsync"/>
    public static async Task<V1Pod> ReadOnItsNodeAsync(KubernetesClient client, FaultTarget target, CancellationToken ct)
    {
        var pod = await ReadAsync(client, target, ct);
        return pod.Spec?.NodeName is { Length: > 0 } node && node == target.Node ? pod
            : throw new FaultRefused($"{target.Namespace}/{target.Name} was on no node when the targets were resolved; resolve them again once it runs.");
    }
}
