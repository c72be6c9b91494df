using GameDay.Domain.Plugins;
using GameDay.Faults.Agents;

namespace GameDay.Faults;

/// <summary>Loses some of the packets from one pod to its peers.</summary>
public sealed class NetworkLoss(ClusterConnections clusters, FaultOptions options) : AgentFault(clusters, options)
{
    public override FaultKind Kind { get; } = new(
        "network-loss", "Network loss", "Some packets from the target to its peers are lost.",
        Layer, EffectClass: "kernel",
        Settings: [new("percent", SettingType.Integer, "How many of a hundred packets are lost", Required: true, Min: 1, Max: 100), To, Port],
        Permissions, Ends, Runbook: "runbooks/faults/network-loss.md")
    { UndoValues = UndoValues };

    private protected override IReadOnlyList<string> Words(InjectionOrder order) => ["--loss", order.Settings["percent"]];

    // Chance may spare the few connections that are tried: packets that met the fault show as well that it is there.
    private protected override bool IsSeen(AgentEvidence said, InjectionOrder order) => said.MeasuredBy is not null || said.Packets > 0;

    private protected override string Describe(AgentEvidence said, UndoPlan undo) =>
        $"{said.Lost ?? 0} of {said.Attempts ?? 0} new connections to {undo.Values.GetValueOrDefault("probe")} lost their first packet; the kernel dropped {said.Dropped ?? 0} packets and passed {said.Packets ?? 0}";
}
