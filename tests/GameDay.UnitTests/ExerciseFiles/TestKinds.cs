using GameDay.Domain.Plugins;

namespace GameDay.UnitTests.ExerciseFiles;

/// <summary>Fault kinds with every type of setting, so that these tests do not depend on the registered ones.</summary>
public static class TestKinds
{
    public static readonly FaultKind PodKill = Kind("pod-kill", "none",
        new("gracePeriod", SettingType.Duration, "Time the pod gets to end by itself", Default: "0s", Min: 0, Max: 600),
        new("mode", SettingType.Choice, "Delete, or evict and respect disruption budgets", Default: "delete", Allowed: ["delete", "evict"]));

    public static readonly FaultKind NetworkLatency = Kind("network-latency", "net",
        new("delay", SettingType.Duration, "Added to each packet", Required: true, Min: 0.001, Max: 60),
        new("jitter", SettingType.Duration, "Spread around the delay", Default: "0s", Min: 0, Max: 60),
        new("to", SettingType.Selector, "Only traffic to these pods", Required: true),
        new("port", SettingType.Integer, "Only to this port", Min: 1, Max: 65535));

    public static readonly FaultKind NetworkPartition = Kind("network-partition", "policy",
        new("to", SettingType.Selector, "Pods that can no longer be reached"),
        new("from", SettingType.Selector, "Pods that can no longer reach the targets"));

    public static readonly IReadOnlyList<FaultKind> All = [PodKill, NetworkLatency, NetworkPartition];

    private static FaultKind Kind(string id, string layer, params FaultSetting[] settings) =>
        new(id, id, $"Does {id}", layer, "kernel", settings, [], [], $"runbooks/faults/{id}.md");
}
