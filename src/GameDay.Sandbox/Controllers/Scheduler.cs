using System.Text.Json.Nodes;
using GameDay.Sandbox.Api.Subresources;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Controllers;

/// <summary>Puts new pods on nodes: away from their own kind first by zone, then by node, then where least runs.</summary>
internal sealed class Scheduler(ClusterStore store) : IController
{
    private readonly EventRecorder events = new(store, "default-scheduler");

    public IEnumerable<Source> Sources =>
    [
        new(ResourceTypes.Pods, change => IsWaiting(change.Now.Facts) && change.Type != StoreEvent.Deleted ? [ObjectKey.Of(change.Now.Facts)] : []),
        new(ResourceTypes.Nodes, _ => store.Facts(ResourceTypes.Pods).Where(IsWaiting).Select(ObjectKey.Of)),
    ];

    public TimeSpan? Reconcile(ObjectKey key)
    {
        if (store.Find(ResourceTypes.Pods, key.Namespace, key.Name) is not { } pod || pod.IsDeleting() || pod.Text("spec", "nodeName") is { Length: > 0 })
        {
            return null;
        }

        var nodes = store.List(ResourceTypes.Nodes);
        var fit = nodes.Where(node => NodeFit.Takes(node, pod)).ToList();
        if (fit.Count == 0)
        {
            Refuse(pod, nodes.Count);
            return null;
        }

        var chosen = Spread(pod, fit);
        if (store.TryMutate(ResourceTypes.Pods, key.Namespace, key.Name, item => Bindings.Bind(item, chosen, store.Clock.GetUtcNow()), pod.Uid()) is { } bound)
        {
            events.Record(bound, "Normal", "Scheduled", $"Successfully assigned {key.Namespace}/{key.Name} to {chosen}");
        }

        return null;
    }

    private static bool IsWaiting(ObjectFacts pod) => string.IsNullOrEmpty(pod.Node) && pod.IsActive;

    private string Spread(JsonObject pod, List<JsonObject> nodes)
    {
        var zones = nodes.ToDictionary(node => node.Name(), Zone, StringComparer.Ordinal);
        var placed = store.Facts(ResourceTypes.Pods).Where(other => other.Node is { } node && zones.ContainsKey(node) && other.IsActive).ToList();
        var owner = Dependents.Controller(pod);
        var siblings = placed.Where(other => owner is not null && other.Controller == owner).ToList();
        var siblingsPerZone = siblings.CountBy(other => zones[other.Node!]).ToDictionary(StringComparer.Ordinal);
        var siblingsPerNode = siblings.CountBy(other => other.Node!).ToDictionary(StringComparer.Ordinal);
        var perNode = placed.CountBy(other => other.Node!).ToDictionary(StringComparer.Ordinal);
        return zones
            .OrderBy(node => siblingsPerZone.GetValueOrDefault(node.Value))
            .ThenBy(node => siblingsPerNode.GetValueOrDefault(node.Key))
            .ThenBy(node => perNode.GetValueOrDefault(node.Key))
            .ThenBy(node => node.Key, StringComparer.Ordinal)
            .First()
            .Key;
    }

    private static string Zone(JsonObject node) => node.Labels().GetValueOrDefault("topology.kubernetes.io/zone", "");

    private void Refuse(JsonObject pod, int nodes)
    {
        var message = $"0/{nodes} nodes are available: none is ready, schedulable and fits the pod's node selector and tolerations.";
        var isNews = pod.Items("status", "conditions").All(condition => condition.Text("type") != "PodScheduled");
        store.TryMutate(
            ResourceTypes.Pods,
            pod.Namespace(),
            pod.Name(),
            item => Conditions.Set(item, "PodScheduled", "False", store.Clock.GetUtcNow(), "Unschedulable", message),
            pod.Uid());
        if (isNews)
        {
            events.Record(pod, "Warning", "FailedScheduling", message);
        }
    }
}
