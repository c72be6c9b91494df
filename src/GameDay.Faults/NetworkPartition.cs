using GameDay.Domain.Plugins;
using GameDay.Faults.Agents;
using GameDay.Faults.Partitions;
using GameDay.Kubernetes;

namespace GameDay.Faults;

/// <summary>Parts a pod from its peers: by a NetworkPolicy, or where policies cannot, by an agent that drops the packets.</summary>
public sealed class NetworkPartition : IFault
{
    private readonly PolicyPartition _policy;
    private readonly AgentDrop _agent;

    public NetworkPartition(ClusterConnections clusters, FaultOptions options)
    {
        _policy = new(clusters, options, Kind);
        _agent = new(clusters, options, Kind, PeersAsync);
    }

    public FaultKind Kind { get; } = new(
        "network-partition", "Network partition", "Cuts connections between the target and its peers; all other traffic goes on.",
        PolicyPartition.Layer, EffectClass: "API object",
        Settings:
        [
            new("from", SettingType.Selector, "Pods that can no longer reach the targets; give this or 'to'"),
            new("to", SettingType.Selector, "Pods that the targets can no longer reach; give this or 'from'"),
            new("port", SettingType.Integer, "Port that is tried to see the partition; else the first one the pod declares", Min: 1, Max: 65535),
            new("by", SettingType.Choice, "A NetworkPolicy, which cuts new connections one way; or an agent in the pod, which drops every packet both ways", Default: "policy", Allowed: ["policy", "agent"]),
        ],
        Permissions: [.. PolicyPartition.Permissions.Union(AgentFault.Permissions)],
        WhoCanUndo: ["the engine", "the reaper", "anybody by hand: kubectl delete networkpolicy", "by agent: the agent itself, the kernel's own timeout, replacing the pod"],
        Runbook: "runbooks/faults/network-partition.md")
    {
        LayerBySettings = settings => ByAgent(settings) ? AgentFault.Layer : PolicyPartition.Layer,
        UndoValues = PolicyPartition.UndoValues.UnionBy(AgentFault.UndoValues, value => value.Key).ToDictionary(value => value.Key, value => value.Value, StringComparer.Ordinal),
    };

    public Task<UndoPlan> PrepareAsync(InjectionOrder order, CancellationToken ct) => By(ByAgent(order.Settings)).PrepareAsync(order, ct);

    public Task<IReadOnlyList<Rehearsal>> RehearseAsync(InjectionOrder order, CancellationToken ct) => By(ByAgent(order.Settings)).RehearseAsync(order, ct);

    public Task<Evidence> InjectAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) => By(undo.Layer == AgentFault.Layer).InjectAsync(order, undo, ct);

    public Task RevertAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) => By(undo.Layer == AgentFault.Layer).RevertAsync(order, undo, ct);

    public Task<Evidence> VerifyRevertedAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) => By(undo.Layer == AgentFault.Layer).VerifyRevertedAsync(order, undo, ct);

    private IFault By(bool agent) => agent ? _agent : _policy;

    private static bool ByAgent(IReadOnlyDictionary<string, string> settings) => settings.GetValueOrDefault("by") == "agent";

    /// <summary>Callers are tried on a port of their own, since 'port' is one of the called.</summary>
    private static Task<AgentPeers> PeersAsync(KubernetesClient client, InjectionOrder order, CancellationToken ct)
    {
        var (inbound, selector) = Pair.Direction(order.Settings);
        return AgentPeers.MatchingAsync(client, order, selector, inbound ? null : AgentFault.PortOf(order), ct);
    }
}
