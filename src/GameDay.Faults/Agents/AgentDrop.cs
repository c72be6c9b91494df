using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults.Agents;

/// <summary>Drops every packet between the target and its peers, both ways, established connections included. A way of more than one kind.</summary>
internal sealed class AgentDrop(ClusterConnections clusters, FaultOptions options, FaultKind kind, Func<KubernetesClient, InjectionOrder, CancellationToken, Task<AgentPeers>> peers) : AgentFault(clusters, options)
{
    public override FaultKind Kind { get; } = kind;

    private protected override IReadOnlyList<string> Words(InjectionOrder order) => ["--drop"];

    // A partition is one of hosts: the setting 'port' is what is tried to see it.
    private protected override IReadOnlyList<string> PortWords(InjectionOrder order) => [];

    private protected override Task<AgentPeers> PeersAsync(KubernetesClient client, InjectionOrder order, CancellationToken ct) => peers(client, order, ct);

    private protected override bool IsSeen(AgentEvidence said, InjectionOrder order) => said.MeasuredBy is not null || said is { Lost: > 0, Dropped: > 0 };

    private protected override string Describe(AgentEvidence said, UndoPlan undo)
    {
        var probe = undo.Values.GetValueOrDefault("probe");
        return said.NotMeasured is { } not
            ? $"without effect seen on {probe ?? undo.Values["peers"]}: {not}"
            : $"{said.Attempts - said.Lost} of {said.Attempts} new connections to {probe} succeed{(said.BaselineMs is { } before ? $", they took {before:0.#} ms before" : "")}; {said.Dropped ?? 0} packets dropped";
    }
}
