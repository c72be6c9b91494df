using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Faults.Agents;

namespace GameDay.Faults;

/// <summary>Slows packets from one pod to its peers, by the agent in an ephemeral container; the kernel itself holds the deadline.</summary>
public sealed class NetworkLatency(ClusterConnections clusters, FaultOptions options) : AgentFault(clusters, options)
{
    public override FaultKind Kind { get; } = new(
        "network-latency", "Network latency", "Packets from the target to its peers arrive late.",
        Layer, EffectClass: "kernel",
        Settings:
        [
            new("delay", SettingType.Duration, "Added to each packet on its way to the peers", Required: true, Min: 0.001, Max: 60),
            new("jitter", SettingType.Duration, "Spread around the delay", Default: "0s", Min: 0, Max: 60),
            To, Port,
            new("by", SettingType.Choice, "The kernel's netem for every packet, or a proxy in the pod for TCP connections to one port, where the kernel has no netem", Default: "netem", Allowed: ["netem", "proxy"]),
            new("share", SettingType.Integer, "By proxy: percent of new connections that are delayed", Default: "100", Min: 1, Max: 100),
        ],
        Permissions, Ends, Runbook: "runbooks/faults/network-latency.md")
    { UndoValues = UndoValues };

    private protected override string? Problem(InjectionOrder order) => ByProxy(order) switch
    {
        true when PortOf(order) is null => "by proxy it needs 'port': the one TCP port, as the target dials it, whose connections are delayed",
        true when Jitter(order) > TimeSpan.Zero => "the proxy knows no jitter; leave it out or take 'by: netem'",
        false when Share(order) != "100" => "netem delays every packet; for a share of connections take 'by: proxy'",
        _ => null,
    };

    private protected override IReadOnlyList<string> Words(InjectionOrder order) => ByProxy(order)
        ? ["--delay", DurationText.Write(Delay(order)), "--by", "proxy", "--share", Share(order)]
        : ["--delay", DurationText.Write(Delay(order)), "--jitter", DurationText.Write(Jitter(order))];

    private protected override TimeSpan Slowness(InjectionOrder order) => 6 * (Delay(order) + Jitter(order));

    // Half of what was asked for tells a delay from noise; without a baseline the whole connect time is compared.
    // A share of connections has no typical one: the proxy says itself which it held.
    private protected override bool IsSeen(AgentEvidence said, InjectionOrder order) => ByProxy(order)
        ? said.MeasuredBy is not null
        : (said.AddedDelayMs ?? said.EffectMs) >= Delay(order).TotalMilliseconds / 2;

    private protected override string Describe(AgentEvidence said, UndoPlan undo) => said switch
    {
        { EffectMs: { } effect, BaselineMs: { } baseline } => $"connect to {undo.Values["probe"]} took {effect:0.#} ms, {baseline:0.#} ms before",
        { EffectMs: { } effect } => $"connect to {undo.Values["probe"]} took {effect:0.#} ms",
        _ => $"the kernel marks packets to {undo.Values["peers"]}; not measured, because no peer answers on a port of its own",
    };

    private static bool ByProxy(InjectionOrder order) => order.Settings.GetValueOrDefault("by") == "proxy";

    private static string Share(InjectionOrder order) => order.Settings.GetValueOrDefault("share") ?? "100";

    private static TimeSpan Delay(InjectionOrder order) => DurationText.Parse(order.Settings["delay"]);

    private static TimeSpan Jitter(InjectionOrder order) => DurationText.Parse(order.Settings.GetValueOrDefault("jitter") ?? "0s");
}
