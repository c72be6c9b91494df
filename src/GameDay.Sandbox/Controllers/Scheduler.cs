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
        var loads = nodes.ToDictionary(node => node.Name(), node => new NodeLoad(Zone(node)), StringComparer.Ordinal);
        var owner = Dependents.Controller(pod);
        foreach (var other in store.Facts(ResourceTypes.Pods))
        {
            if (other.Node is { } node && other.IsActive && loads.TryGetValue(node, out var load))
            {
                load.Pods++;
                load.Siblings += owner is not null && other.Controller == owner ? 1 : 0;
            }
        }

        var siblingsPerZone = loads.Values.GroupBy(load => load.Zone, StringComparer.Ordinal)
            .ToDictionary(zone => zone.Key, zone => zone.Sum(load => load.Siblings), StringComparer.Ordinal);
        return loads
            .OrderBy(node => siblingsPerZone[node.Value.Zone])
            .ThenBy(node => node.Value.Siblings)
            .ThenBy(node => node.Value.Pods)
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

    private sealed class NodeLoad(string zone)
    {
        public string Zone { get; } = zone;

        public int Pods { get; set; }

        public int Siblings { get; set; }
    }
}
