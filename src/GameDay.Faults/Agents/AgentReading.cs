using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults.Agents;

/// <summary>Reads back whether an agent's fault is gone: from its evidence, or because its pod's network went with it (rules 6 and 8).</summary>
internal sealed class AgentReading(KubernetesClient client, InjectionOrder order)
{
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public async Task<Evidence> ProveAsync(string agent, CancellationToken ct)
    {
        var proof = await Poll.UntilAsync(() => ReadAsync(agent, ct), reading => reading.Holds, EndWithin, Pause, ct);
        return new(proof.Holds, proof.Summary, proof.Facts, await client.ReadServerTimeAsync(ct));
    }

    private async Task<AgentProof> ReadAsync(string agent, CancellationToken ct)
    {
        var pod = await client.FindAsync<V1Pod>(order.Target.Name, order.Target.Namespace, ct);
        if (pod is null || pod.Metadata.Uid != order.Target.Uid)
        {
            // Its network namespace went with it, unless the node still runs it unheard (rule 8).
            var (ready, words) = await NodeState.ReadAsync(client, order.Target, ct);
            return new(ready, $"the pod is gone; {words}", AgentFacts.None);
        }
        // One that never started is no proof either: when it would be late is told by its node's clock, which nobody trusts (rules 2 and 9).
        return AgentProof.Of(pod, agent, order.ShortId);
    }
}
