using GameDay.Domain.Experiments;
using GameDay.Kubernetes;

namespace GameDay.Faults.Agents;

/// <summary>Whether what the API says of a target's pod can be believed: a node that is not Ready may run what the API has forgotten (rule 8).</summary>
internal static class NodeState
{
    public static async Task<(bool Believable, string Words)> ReadAsync(KubernetesClient client, FaultTarget target, CancellationToken ct)
    {
        if (target.Node is not { } name)
            return (false, "on which node it ran is not known");
        try
        {
            return await client.FindAsync<V1Node>(name, cancellationToken: ct) is not { } node ? (true, $"its node {name} is deleted")
                : node.IsReady ? (true, $"its node {name} is Ready")
                : (false, $"its node {name} is not Ready: it may still run there");
        }
        catch (KubernetesException refusal) when (refusal.Code == 403)
        {
            return (false, $"whether its node {name} is Ready may not be read: {refusal.Message}");
        }
    }
}
