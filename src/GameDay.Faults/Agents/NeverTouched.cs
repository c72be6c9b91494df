using System.Net;
using GameDay.Kubernetes;

namespace GameDay.Faults.Agents;

/// <summary>
/// Addresses that no network fault may reach: the target's node, whose kubelet asks whether the pod lives, and the API server.
/// The agent adds what it knows itself, its gateway and the API server's cluster address.
/// </summary>
internal static class NeverTouched
{
    public static async Task<IReadOnlyList<string>> ReadAsync(KubernetesClient client, V1Pod pod, CancellationToken ct)
    {
        var addresses = new List<string?> { pod.Status?.HostIP, client.Host.Host.Trim('[', ']') };
        addresses.AddRange(await NodeAsync(client, pod.Spec?.NodeName, ct));
        return [.. addresses.OfType<string>().Where(text => IPAddress.TryParse(text, out _)).Distinct(StringComparer.Ordinal)];
    }

    private static async Task<IEnumerable<string>> NodeAsync(KubernetesClient client, string? name, CancellationToken ct)
    {
        try
        {
            var node = name is null ? null : await client.FindAsync<V1Node>(name, cancellationToken: ct);
            return node?.Status?.Addresses?.Select(address => address.Address) ?? [];
        }
        catch (KubernetesException refusal) when (refusal.Code == 403)
        {
            return []; // the pod's own status names its node's address too
        }
    }
}
