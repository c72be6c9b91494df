using System.Globalization;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults.Agents;

/// <summary>
/// A fault that an agent holds in its target's network namespace, behind the kernel's own deadline. A kind of this sort is one
/// file: its data, the agent's words for it, and what counts as seen.
/// </summary>
public abstract class AgentFault(ClusterConnections clusters, FaultOptions options) : IFault
{
    /// <summary>All of them share the pod's network, one at a time.</summary>
    public const string Layer = "net";

    public abstract FaultKind Kind { get; }

    /// <summary>Settings that say whom the fault means.</summary>
    private protected static FaultSetting To { get; } =
        new("to", SettingType.Selector, "Only traffic with these pods of the same namespace, and with services that select them", Required: true);

    private protected static FaultSetting Port { get; } = new("port", SettingType.Integer, "Only to this port as the target dials it", Min: 1, Max: 65535);

    public static IReadOnlyList<PermissionNeeded> Permissions { get; } =
    [
        new("", "pods", "get"), new("", "pods", "list"), new("", "services", "list"), new("", "pods/ephemeralcontainers", "patch"),
        new("", "pods/exec", "create"), new("", "pods/exec", "get"), new("", "nodes", "get", ClusterScoped: true),
    ];

    public static IReadOnlyDictionary<string, string> UndoValues { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["agent"] = "gameday-{id}-1",
        ["table"] = "inet gameday_{id}",
        ["to"] = @"[0-9a-fA-F.:,/]*",
        ["peers"] = @"[a-z0-9.,-]*",
        ["probe"] = @"[0-9a-fA-F.:\[\]]+",
        ["never"] = @"[0-9a-fA-F.:,]*",
    };

    public static IReadOnlyList<string> Ends { get; } = ["the engine", "the reaper", "the agent in the pod", "the kernel's own timeout", "replacing the pod"];

    /// <summary>The agent's words for the effect alone, e.g. <c>--loss 30</c>.</summary>
    private protected abstract IReadOnlyList<string> Words(InjectionOrder order);

    private protected virtual Task<AgentPeers> PeersAsync(KubernetesClient client, InjectionOrder order, CancellationToken ct) =>
        AgentPeers.MatchingAsync(client, order, order.Settings["to"], PortOf(order), ct);

    /// <summary>What is wrong with settings that are right each by itself; null when nothing is.</summary>
    private protected virtual string? Problem(InjectionOrder order) => null;

    /// <summary>What counts as seen. What was not measured is never claimed: it is without effect, and reverted all the same.</summary>
    private protected virtual bool IsSeen(AgentEvidence said, InjectionOrder order) => said.MeasuredBy is not null;

    private protected abstract string Describe(AgentEvidence said, UndoPlan undo);

    /// <summary>How much longer than usual the agent takes to see its own effect.</summary>
    private protected virtual TimeSpan Slowness(InjectionOrder order) => TimeSpan.FromSeconds(4);

    public Task<UndoPlan> PrepareAsync(InjectionOrder order, CancellationToken ct) => Refusals.RefuseFaultAsync(async () =>
    {
        ProtectedNamespaces.Refuse(order.Target.Namespace);
        if (Problem(order) is { } problem)
            throw new FaultRefused($"{Kind.Id}: {problem}.");
        var client = clusters.For(order.Target.Cluster);
        var pod = await LivePod.ReadOnItsNodeAsync(client, order.Target, ct);
        if (pod.Spec?.HostNetwork == true)
            throw new FaultRefused($"{order.Target.Name} lives in its node's network (hostNetwork): the fault would reach the whole node.");
        var peers = await PeersAsync(client, order, ct);
        var never = await NeverTouched.ReadAsync(client, pod, ct);
        await new NetworkAgent(client, options, order).RehearseAsync(ct);
        return Plan(order, peers, never);
    });

    public async Task<IReadOnlyList<Rehearsal>> RehearseAsync(InjectionOrder order, CancellationToken ct) =>
        [await Rehearsed.AskAsync($"add an agent to pod {order.Target.Name}", () => PrepareAsync(order, ct))];

    public async Task<Evidence> InjectAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct)
    {
        ProtectedNamespaces.Refuse(order.Target.Namespace);
        var client = clusters.For(order.Target.Cluster);
        await Landing.RefuseLateAsync(client, order, ct);
        var agent = new NetworkAgent(client, options, order);
        var now = client.ServerClock.Now ?? throw new FaultRefused("The API server's clock is not known, so no deadline can be kept.");
        await Refusals.RefuseIfUntouchedAsync(async () =>
        {
            await agent.InjectAsync(AgentWords.InNetwork(order, undo, [.. Words(order), .. PortWords(order)], now), ct);
            return true;
        });
        var look = await agent.WaitUntilActiveAsync(options.AgentStartsWithin + Slowness(order), undo.Values.GetValueOrDefault("probe"), ct);
        var at = await client.ReadServerTimeAsync(ct);
        return look.Evidence is { } said
            ? new(said.State == "active" && IsSeen(said, order), said.State == "active" ? Describe(said, undo) : $"{said.State}: {said.Reason}", AgentFacts.Of(agent.Name, said), at)
            : new(false, $"the agent {agent.Name} {look.Problem}", AgentFacts.Of(agent.Name, null), at);
    }

    public Task RevertAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) =>
        new AgentUndo(clusters.For(order.Target.Cluster), options, order).RunAsync(ct);

    public Task<Evidence> VerifyRevertedAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) =>
        new AgentReading(clusters.For(order.Target.Cluster), order).ProveAsync(undo.Values["agent"], ct);

    internal static int? PortOf(InjectionOrder order) =>
        order.Settings.GetValueOrDefault("port") is { Length: > 0 } port ? int.Parse(port, CultureInfo.InvariantCulture) : null;

    private protected virtual IReadOnlyList<string> PortWords(InjectionOrder order) => PortOf(order) is { } port ? ["--port", port.ToString(CultureInfo.InvariantCulture)] : [];

    private UndoPlan Plan(InjectionOrder order, AgentPeers peers, IReadOnlyList<string> never)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["agent"] = $"gameday-{order.ShortId}-1",
            ["table"] = $"inet gameday_{order.ShortId}",
            ["to"] = string.Join(',', peers.Addresses.Except(never, StringComparer.Ordinal)),
            ["peers"] = peers.InWords,
            ["never"] = string.Join(',', never),
        };
        if (peers.Probe is { } probe)
            values["probe"] = probe;
        return new(Kind.Id, Layer, values,
            $"kubectl -n {order.Target.Namespace} debug {order.Target.Name} --image={options.AgentImage} --profile=netadmin -- gameday-agent revert --id {order.ShortId}");
    }
}
