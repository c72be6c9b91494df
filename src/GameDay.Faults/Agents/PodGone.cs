using GameDay.Domain.Experiments;
using GameDay.Kubernetes;

namespace GameDay.Faults.Agents;

/// <summary>A pod that is gone took its network namespace with it, but only a Ready or deleted node proves that it is gone there too (rule 8).</summary>
internal static class PodGone
{
    public static async Task<(bool Proved, string Summary)> ReadAsync(KubernetesClient client, FaultTarget target, CancellationToken ct)
    {
        if (target.Node is not { } name)
            return (true, "the pod is gone and was never on a node");
        try
        {
            return await client.FindAsync<V1Node>(name, cancellationToken: ct) is not { } node ? (true, $"the pod is gone and node {name} is deleted")
                : node.IsReady ? (true, $"the pod is gone, its node {name} is Ready, and its rules went with it")
                : (false, $"the pod is gone from the API, but its node {name} is not Ready: it may still run there");
        }
        catch (KubernetesException refusal) when (refusal.Code == 403)
        {
            return (false, $"the pod is gone, but whether node {name} is Ready may not be read: {refusal.Message}");
        }
    }
}
