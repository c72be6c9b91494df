using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults.Agents;

/// <summary>Reads back whether an agent's fault is gone: from its evidence, or because its pod's network went with it (rules 6 and 8).</summary>
internal sealed class AgentReading(KubernetesClient client, InjectionOrder order)
{
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>A kubelet with a clock 5 s off may start an agent at its limit and take this long to tell.</summary>
    private static readonly TimeSpan StatusLag = TimeSpan.FromSeconds(15);

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
        var proof = AgentProof.Of(pod, agent, order.ShortId);
        return proof.NeverStarted && client.ServerClock.Now > Landing.LimitOf(order) + StatusLag ? await NeverStartedAsync(ct) : proof;
    }

    private async Task<AgentProof> NeverStartedAsync(CancellationToken ct)
    {
        var (ready, words) = await NodeState.ReadAsync(client, order.Target, ct);
        return new(ready, $"the agent never started, and would now exit as late (limit {Landing.LimitOf(order):HH:mm:ss} UTC); {words}", AgentFacts.None);
    }
}
