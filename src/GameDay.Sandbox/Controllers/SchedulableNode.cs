using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Controllers;

/// <summary>What the scheduler knows of a node, read once per version.</summary>
/// <param name="Rank">Its place in the order of names.</param>
internal sealed record SchedulableNode(string Name, string Zone, bool IsOpen, IReadOnlyDictionary<string, string> Labels, IReadOnlyList<JsonObject> Taints, int Rank)
{
    private static readonly ConditionalWeakTable<StoredObject, SchedulableNode> Read = [];

    public static List<SchedulableNode> In(ClusterStore store) =>
        [.. store.Snapshot(ResourceTypes.Nodes, null).Items.Select((node, rank) => Read.GetValue(node, Of) is var read && read.Rank == rank ? read : read with { Rank = rank })];

    /// <summary>Whether it takes a pod: ready, not cordoned, labels and taints agree.</summary>
    public bool Takes(LabelMatcher nodeSelector, JsonObject pod) =>
        IsOpen && nodeSelector.Matches(Labels) && (Taints.Count == 0 || Taints.All(taint => pod.Items("spec", "tolerations").Any(toleration => Toleration.Covers(toleration, taint))));

    private static SchedulableNode Of(StoredObject stored)
    {
        var node = stored.Parse();
        return new SchedulableNode(
            stored.Facts.Name,
            stored.Facts.Labels.GetValueOrDefault("topology.kubernetes.io/zone", ""),
            Conditions.IsTrue(node, "Ready") && !node.IsTrue("spec", "unschedulable"),
            stored.Facts.Labels,
            [.. node.Items("spec", "taints").Where(taint => taint.Text("effect") is "NoSchedule" or "NoExecute")],
            Rank: 0);
    }
}
