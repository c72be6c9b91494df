using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Controllers;

/// <summary>What the scheduler knows of a node, read once per version.</summary>
internal sealed record SchedulableNode(string Name, string Zone, bool IsOpen, IReadOnlyDictionary<string, string> Labels, IReadOnlyList<JsonObject> Taints)
{
    private static readonly ConditionalWeakTable<StoredObject, SchedulableNode> Read = [];
    private static readonly ConditionalWeakTable<List<StoredObject>, IReadOnlyList<SchedulableNode>> Lists = [];

    /// <summary>All nodes in the order of their names; the same list until one of them changes.</summary>
    public static IReadOnlyList<SchedulableNode> In(ClusterStore store) =>
        Lists.GetValue(store.Snapshot(ResourceTypes.Nodes, null).Items, nodes => [.. nodes.Select(node => Read.GetValue(node, Of))]);

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
            [.. node.Items("spec", "taints").Where(taint => taint.Text("effect") is "NoSchedule" or "NoExecute")]);
    }
}
