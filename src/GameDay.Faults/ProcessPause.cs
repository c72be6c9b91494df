using GameDay.Domain.Plugins;
using GameDay.Faults.Agents;
using GameDay.Kubernetes;

namespace GameDay.Faults;

/// <summary>
/// Stops every thread of one container by an agent beside it. A tracer's stop, not a signal's: the kernel drops SIGSTOP for process 1
/// as it drops SIGKILL, and lets go of what a tracer held the moment that dies.
/// </summary>
public sealed class ProcessPause(ClusterConnections clusters, FaultOptions options) : IFault
{
    public FaultKind Kind { get; } = new(
        "process-pause", "Process pause", "The processes of a container stop, their connections open, and go on afterwards.",
        Layer: "process", EffectClass: "process",
        Settings: [ProcessTarget.Setting],
        Permissions: ProcessAgents.Permissions,
        WhoCanUndo: ["the engine", "the reaper", "the agent in the pod", "the kernel, which lets go when the agent dies", "replacing the pod"],
        Runbook: "runbooks/faults/process-pause.md")
    { UndoValues = ProcessTarget.UndoValues };

    public Task<UndoPlan> PrepareAsync(InjectionOrder order, CancellationToken ct) => Refusals.RefuseFaultAsync(async () =>
    {
        var target = await new ProcessAgents(clusters.For(order.Target.Cluster), options, order).PrepareAsync(ct);
        return new UndoPlan(Kind.Id, Kind.Layer, target.ToValues(order), ProcessAgents.ByHand(order, options, target));
    });

    public async Task<IReadOnlyList<Rehearsal>> RehearseAsync(InjectionOrder order, CancellationToken ct) =>
        [await Rehearsed.AskAsync($"add an agent to pod {order.Target.Name}", () => PrepareAsync(order, ct))];

    public async Task<Evidence> InjectAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct)
    {
        var client = clusters.For(order.Target.Cluster);
        var agents = new ProcessAgents(client, options, order);
        var agent = await agents.InjectAsync("--stop", ProcessTarget.Of(undo), ct);
        var look = await agent.WaitUntilActiveAsync(options.AgentStartsWithin, probe: null, ct);
        var at = await client.ReadServerTimeAsync(ct);
        var facts = AgentFacts.Of(agent.Name, look.Evidence);
        return look.Evidence switch
        {
            { State: "active", Processes: { } now } when IsStopped(now) => new(true, $"stopped: {now}", facts, at),
            { } said => new(false, $"{said.State}: {said.Reason ?? said.Processes}", facts, at),
            null => new(false, $"the agent {agent.Name} {look.Problem}", facts, at),
        };
    }

    public Task RevertAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) =>
        new ProcessAgents(clusters.For(order.Target.Cluster), options, order).RevertAsync(ProcessTarget.Of(undo), ct);

    public Task<Evidence> VerifyRevertedAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) =>
        new ProcessAgents(clusters.For(order.Target.Cluster), options, order).ProveAsync(ProcessTarget.Of(undo), ct);

    // 1 nginx t, 7 nginx t: none but held ones.
    private static bool IsStopped(string processes) => processes.Split(',').All(one => one.Contains(" and ", StringComparison.Ordinal) || one.TrimEnd().EndsWith(" t", StringComparison.Ordinal));
}
