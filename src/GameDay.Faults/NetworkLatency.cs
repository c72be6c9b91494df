using GameDay.Domain.Plugins;
using GameDay.Faults.Agents;
using GameDay.Kubernetes;

namespace GameDay.Faults;

/// <summary>Slows packets from one pod to its peers, by the agent in an ephemeral container; the kernel itself holds the deadline.</summary>
public sealed class NetworkLatency(ClusterConnections clusters, FaultOptions options) : IFault
{
    private static readonly TimeSpan Startup = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>A kubelet with a clock 5 s off may start an agent at its limit and take this long to tell.</summary>
    private static readonly TimeSpan StatusLag = TimeSpan.FromSeconds(15);

    public FaultKind Kind { get; } = new(
        "network-latency", "Network latency", "Packets from the target to its peers arrive late.",
        Layer: "net", EffectClass: "kernel",
        Settings:
        [
            new("delay", SettingType.Duration, "Added to each packet on its way to the peers", Required: true, Min: 0.001, Max: 60),
            new("jitter", SettingType.Duration, "Spread around the delay", Default: "0s", Min: 0, Max: 60),
            new("to", SettingType.Selector, "Only traffic to these pods of the same namespace, and to services that select them", Required: true),
            new("port", SettingType.Integer, "Only to this port as the target dials it", Min: 1, Max: 65535),
        ],
        Permissions:
        [
            new("", "pods", "get"), new("", "pods", "list"), new("", "services", "list"), new("", "pods/ephemeralcontainers", "patch"),
            new("", "pods/exec", "create"), new("", "pods/exec", "get"), new("", "nodes", "get", ClusterScoped: true),
        ],
        WhoCanUndo: ["the engine", "the agent in the pod", "the kernel's own timeout", "replacing the pod"],
        Runbook: "runbooks/faults/network-latency.md")
    {
        UndoValues = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["agent"] = "gameday-{id}-1",
            ["table"] = "inet gameday_{id}",
            ["to"] = @"[0-9a-fA-F.:,/]*",
            ["peers"] = @"[a-z0-9.,-]*",
            ["probe"] = @"[0-9a-fA-F.:\[\]]+",
        },
    };

    public Task<UndoPlan> PrepareAsync(InjectionOrder order, CancellationToken ct) => Refusals.RefuseFaultAsync(async () =>
    {
        ProtectedNamespaces.Refuse(order.Target.Namespace);
        var client = clusters.For(order.Target.Cluster);
        var pod = await LivePod.ReadAsync(client, order.Target, ct);
        if (pod.Spec?.HostNetwork == true)
            throw new FaultRefused($"{order.Target.Name} lives in its node's network (hostNetwork): the fault would reach the whole node.");
        var asked = LatencySettings.Of(order);
        var peers = await LatencyPeers.ResolveAsync(client, order, asked.To, asked.Port, ct);
        await new NetworkAgent(client, options, order).RehearseAsync(ct);
        return Plan(order, peers);
    });

    public async Task<IReadOnlyList<Rehearsal>> RehearseAsync(InjectionOrder order, CancellationToken ct) =>
        [await Rehearsed.AskAsync($"add an agent to pod {order.Target.Name}", () => new NetworkAgent(clusters.For(order.Target.Cluster), options, order).RehearseAsync(ct))];

    public async Task<Evidence> InjectAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct)
    {
        var client = clusters.For(order.Target.Cluster);
        await Landing.RefuseLateAsync(client, order, ct);
        var agent = new NetworkAgent(client, options, order);
        var asked = LatencySettings.Of(order);
        var words = asked.Words(order, undo, client.ServerClock.Now ?? throw new FaultRefused("The API server's clock is not known, so no deadline can be kept."));
        await Refusals.RefuseIfUntouchedAsync(async () =>
        {
            await agent.InjectAsync(words, ct);
            return true;
        });
        var look = await agent.WaitUntilActiveAsync(Startup + (6 * (asked.Delay + asked.Jitter)), undo.Values.GetValueOrDefault("probe"), ct);
        var at = await client.ReadServerTimeAsync(ct);
        return look.Evidence is { } said
            ? new(Holds(said, asked), Describe(said, undo), AgentFacts.Of(agent.Name, said), at)
            : new(false, $"the agent {agent.Name} {look.Problem}", AgentFacts.Of(agent.Name, null), at);
    }

    public Task RevertAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) =>
        new AgentUndo(clusters.For(order.Target.Cluster), options, order).RunAsync(ct);

    public async Task<Evidence> VerifyRevertedAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct)
    {
        var client = clusters.For(order.Target.Cluster);
        var agent = undo.Values["agent"];
        var proof = await Poll.UntilAsync(() => ProveAsync(client, order, agent, ct), reading => reading.Holds, EndWithin, Pause, ct);
        return new(proof.Holds, proof.Summary, proof.Facts, await client.ReadServerTimeAsync(ct));
    }

    private static async Task<AgentProof> ProveAsync(KubernetesClient client, InjectionOrder order, string agent, CancellationToken ct)
    {
        var pod = await client.FindAsync<V1Pod>(order.Target.Name, order.Target.Namespace, ct);
        if (pod is null || pod.Metadata.Uid != order.Target.Uid)
        {
            // Its network namespace went with it, unless the node still runs it unheard (rule 8).
            var (ready, words) = await NodeState.ReadAsync(client, order.Target, ct);
            return new(ready, $"the pod is gone; {words}", AgentFacts.None);
        }
        var proof = AgentProof.Of(pod, agent, order.ShortId);
        return proof.NeverStarted && client.ServerClock.Now > order.NotAfter + StatusLag ? await NeverStartedAsync(client, order, ct) : proof;
    }

    private static async Task<AgentProof> NeverStartedAsync(KubernetesClient client, InjectionOrder order, CancellationToken ct)
    {
        var (ready, words) = await NodeState.ReadAsync(client, order.Target, ct);
        return new(ready, $"the agent never started, and would now exit as late (limit {order.NotAfter:HH:mm:ss} UTC); {words}", AgentFacts.None);
    }

    private UndoPlan Plan(InjectionOrder order, LatencyPeers peers)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["agent"] = $"gameday-{order.ShortId}-1",
            ["table"] = $"inet gameday_{order.ShortId}",
            ["to"] = string.Join(',', peers.Addresses),
            ["peers"] = string.Join(',', peers.Names),
        };
        if (peers.Probe is { } probe)
            values["probe"] = probe;
        return new(Kind.Id, Kind.Layer, values,
            $"kubectl -n {order.Target.Namespace} debug {order.Target.Name} --image={options.AgentImage} --profile=netadmin -- gameday-agent revert --id {order.ShortId}");
    }

    // Half of what was asked for tells a delay from noise; without a baseline the whole connect time is compared.
    // What was not measured is never claimed: it is without effect, still reverted, and its verdict inconclusive.
    private static bool Holds(AgentEvidence said, LatencySettings asked) =>
        said.State == "active" && (said.AddedDelayMs ?? said.EffectMs) >= asked.Delay.TotalMilliseconds / 2;

    private static string Describe(AgentEvidence said, UndoPlan undo) => said switch
    {
        { State: not "active" } => $"{said.State}: {said.Reason}",
        { EffectMs: { } effect, BaselineMs: { } baseline } => $"connect to {undo.Values["probe"]} took {effect:0.#} ms, {baseline:0.#} ms before",
        { EffectMs: { } effect } => $"connect to {undo.Values["probe"]} took {effect:0.#} ms",
        _ => $"the kernel marks packets to {undo.Values["peers"]}; not measured, because no peer answers on a port of its own",
    };
}
