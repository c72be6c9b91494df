using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults.Agents;

/// <summary>The agents of a process fault: beside one container, sharing its processes (revert protocol, rule 5), dying with it.</summary>
internal sealed class ProcessAgents(KubernetesClient client, FaultOptions options, InjectionOrder order)
{
    public static IReadOnlyList<PermissionNeeded> Permissions { get; } =
    [
        new("", "pods", "get"), new("", "pods", "list"), new("", "pods/ephemeralcontainers", "patch"),
        new("", "pods/exec", "create"), new("", "pods/exec", "get"), new("", "nodes", "get", ClusterScoped: true),
    ];

    /// <summary>Reads the target and asks the server whether it would take the agent; nothing is stored.</summary>
    public async Task<ProcessTarget> PrepareAsync(CancellationToken ct)
    {
        ProtectedNamespaces.Refuse(order.Target.Namespace);
        var target = ProcessTarget.Of(await LivePod.ReadOnItsNodeAsync(client, order.Target, ct), order);
        await AgentFor(target).RehearseAsync(ct);
        return target;
    }

    public async Task<NetworkAgent> InjectAsync(string effect, ProcessTarget target, CancellationToken ct)
    {
        ProtectedNamespaces.Refuse(order.Target.Namespace);
        await Landing.RefuseLateAsync(client, order, ct);
        var now = client.ServerClock.Now ?? throw new FaultRefused("The API server's clock is not known, so no deadline can be kept.");
        var words = AgentWords.Inject(order, [effect, .. target.Words], now);
        var agent = AgentFor(target);
        await Refusals.RefuseIfUntouchedAsync(async () =>
        {
            await agent.InjectAsync(words, ct);
            return true;
        });
        return agent;
    }

    /// <summary>Repeatable; does nothing where the processes that were meant are gone and their agent with them.</summary>
    public async Task RevertAsync(ProcessTarget target, CancellationToken ct)
    {
        var pod = await client.FindAsync<V1Pod>(order.Target.Name, order.Target.Namespace, ct);
        if (pod is null || pod.Metadata.Uid != order.Target.Uid || EndedWith(target, pod) is not null)
            return;
        await new AgentUndo(client, options, order, Sharing(target)).RunAsync(ct);
    }

    public async Task<Evidence> ProveAsync(ProcessTarget target, CancellationToken ct)
    {
        var pod = await client.FindAsync<V1Pod>(order.Target.Name, order.Target.Namespace, ct);
        return pod?.Metadata.Uid == order.Target.Uid && EndedWith(target, pod) is { } ended
            ? new(true, ended, AgentFacts.Of(Name, AgentEvidence.Parse(pod.EphemeralContainer(Name)?.State?.Terminated?.Message)), await client.ReadServerTimeAsync(ct))
            : await new AgentReading(client, order).ProveAsync(Name, ct);
    }

    /// <summary>What a person types who has nothing but kubectl.</summary>
    public static string ByHand(InjectionOrder order, FaultOptions options, ProcessTarget target) =>
        $"kubectl -n {order.Target.Namespace} debug {order.Target.Name} --target={target.Container} --image={options.AgentImage} --profile=sysadmin -- gameday-agent {string.Join(' ', ["revert", "--id", order.ShortId, "--process", .. target.Words])}";

    private string Name => $"gameday-{order.ShortId}-1";

    private NetworkAgent AgentFor(ProcessTarget target) => new(client, options, order, Sharing(target));

    private static SharedProcesses Sharing(ProcessTarget target) => new(target.Container, ["--process", .. target.Words]);

    // A held process that is killed takes its hold along, and an agent that died with its container lands nothing any more.
    private string? EndedWith(ProcessTarget target, V1Pod pod) =>
        target.HasEnded(pod) && pod.EphemeralContainer(Name)?.State?.Terminated is not null
            ? $"the container {target.Container} ended or was started again, its processes with it; the agent has ended"
            : null;
}

/// <summary>An agent that shares a container's processes instead of minding the pod's network.</summary>
/// <param name="Words">What its status and revert verbs are told besides the id.</param>
public sealed record SharedProcesses(string Container, IReadOnlyList<string> Words);
