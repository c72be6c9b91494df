using System.Globalization;
using GameDay.Domain.Plugins;
using GameDay.Faults.Agents;
using GameDay.Kubernetes;

namespace GameDay.Faults;

/// <summary>Kills process 1 of one container as <c>kill -9</c> on the node would; the kubelet starts it again. Nothing is left to undo.</summary>
public sealed class ProcessKill(ClusterConnections clusters, FaultOptions options) : IFault
{
    private static readonly TimeSpan EffectWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public FaultKind Kind { get; } = new(
        "process-kill", "Process kill", "Kills a container's first process with SIGKILL; the container is started again.",
        Layer: "none", EffectClass: "process",
        Settings: [ProcessTarget.Setting],
        Permissions: ProcessAgents.Permissions,
        WhoCanUndo: ["nothing to undo: the kubelet starts the container again"],
        Runbook: "runbooks/faults/process-kill.md")
    { UndoValues = ProcessTarget.UndoValues };

    public Task<UndoPlan> PrepareAsync(InjectionOrder order, CancellationToken ct) => Refusals.RefuseFaultAsync(async () =>
    {
        var target = await new ProcessAgents(clusters.For(order.Target.Cluster), options, order).PrepareAsync(ct);
        return new UndoPlan(Kind.Id, Kind.Layer, target.ToValues(order), $"Nothing to undo; watch it start again: kubectl -n {order.Target.Namespace} get pod {order.Target.Name} -w");
    });

    public async Task<IReadOnlyList<Rehearsal>> RehearseAsync(InjectionOrder order, CancellationToken ct) =>
        [await Rehearsed.AskAsync($"add an agent to pod {order.Target.Name}", () => PrepareAsync(order, ct))];

    public async Task<Evidence> InjectAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct)
    {
        var client = clusters.For(order.Target.Cluster);
        var target = ProcessTarget.Of(undo);
        var agent = await new ProcessAgents(client, options, order).InjectAsync("--kill", target, ct);
        return await Poll.UntilAsync(() => ReadEffectAsync(client, order, target, agent.Name, ct), effect => effect.Holds, EffectWithin, Pause, ct);
    }

    public Task RevertAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) =>
        new ProcessAgents(clusters.For(order.Target.Cluster), options, order).RevertAsync(ProcessTarget.Of(undo), ct);

    /// <summary>Nothing is left behind, but a kill that has not landed yet still could: its agent must have ended.</summary>
    public Task<Evidence> VerifyRevertedAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) =>
        new ProcessAgents(clusters.For(order.Target.Cluster), options, order).ProveAsync(ProcessTarget.Of(undo), ct);

    // The agent dies with the process it kills, so the kubelet's word counts: restarts, or the end it saw.
    private static async Task<Evidence> ReadEffectAsync(KubernetesClient client, InjectionOrder order, ProcessTarget target, string agent, CancellationToken ct)
    {
        var at = await client.ReadServerTimeAsync(ct);
        var pod = await client.FindAsync<V1Pod>(order.Target.Name, order.Target.Namespace, ct);
        if (pod?.Metadata.Uid != order.Target.Uid)
            return new(true, $"{order.Target.Name} is gone", AgentFacts.Of(agent, null), at);
        var now = ProcessTarget.StatusOf(pod, target.Container);
        var end = now?.LastState?.Terminated ?? now?.State?.Terminated;
        var said = AgentEvidence.Parse(pod.EphemeralContainer(agent)?.State?.Terminated?.Message);
        var facts = new Dictionary<string, string>(AgentFacts.Of(agent, said), StringComparer.Ordinal)
        {
            ["restartsBefore"] = target.Restarts.ToString(CultureInfo.InvariantCulture),
            ["restarts"] = (now?.RestartCount ?? 0).ToString(CultureInfo.InvariantCulture),
            ["exitCode"] = end?.ExitCode.ToString(CultureInfo.InvariantCulture) ?? "",
        };
        return target.HasEnded(pod)
            ? new(true, $"{target.Container} ended with {end?.ExitCode} and has started {now?.RestartCount} times again, {target.Restarts} before", facts, at)
            : new(false, said is { State: not "active" } ? $"{said.State}: {said.Reason}" : $"{target.Container} still runs", facts, at);
    }
}
