using GameDay.Domain.Plugins;
using GameDay.Faults.Agents;

namespace GameDay.Faults;

/// <summary>Lets only so much through from one pod to its peers.</summary>
public sealed class NetworkBandwidth(ClusterConnections clusters, FaultOptions options) : AgentFault(clusters, options)
{
    public override FaultKind Kind { get; } = new(
        "network-bandwidth", "Network bandwidth", "The target gets only so much through to its peers.",
        Layer, EffectClass: "kernel",
        Settings: [new("kbit", SettingType.Integer, "Thousand bits per second, for all packets to the peers together", Required: true, Min: 8, Max: 10_000_000), To, Port],
        Permissions, Ends, Runbook: "runbooks/faults/network-bandwidth.md")
    { UndoValues = UndoValues };

    private protected override IReadOnlyList<string> Words(InjectionOrder order) => ["--rate", $"{order.Settings["kbit"]}kbit"];

    // A few connections seldom have to wait: packets that passed the bucket show that it is in their way.
    private protected override bool IsSeen(AgentEvidence said, InjectionOrder order) => said.MeasuredBy is not null || said.Packets > 0;

    private protected override string Describe(AgentEvidence said, UndoPlan undo) => said.MeasuredBy is null
        ? $"{said.Packets ?? 0} packets to {undo.Values["peers"]} passed the rate's bucket, none had to wait yet"
        : $"packets to {undo.Values["peers"]} wait for the rate; {said.Packets ?? 0} passed";
}
