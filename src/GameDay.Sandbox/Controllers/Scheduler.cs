using System.Text.Json.Nodes;
using GameDay.Sandbox.Api.Subresources;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Controllers;

/// <summary>Puts new pods on nodes: away from their own kind first by zone, then by node, then where least runs.</summary>
internal sealed class Scheduler(ClusterStore store) : IController
{
    private readonly PlacedPods placed = new();
    private readonly EventRecorder events = new(store, "default-scheduler");

    public IEnumerable<Source> Sources =>
    [
        new(ResourceTypes.Pods, Hear),
        new(ResourceTypes.Nodes, _ => store.Facts(ResourceTypes.Pods).Where(IsWaiting).Select(ObjectKey.Of)),
    ];

    public TimeSpan? Reconcile(ObjectKey key)
    {
        if (store.Find(ResourceTypes.Pods, key.Namespace, key.Name) is not { } pod || pod.IsDeleting() || pod.Text("spec", "nodeName") is { Length: > 0 })
        {
            return null;
        }

        var nodes = SchedulableNode.In(store);
        var wanted = LabelMatcher.OfMap(pod.At("spec", "nodeSelector"));
        var fit = nodes.Where(node => node.Takes(wanted, pod)).ToList();
        if (fit.Count == 0)
        {
            Refuse(pod, nodes.Count);
            return null;
        }

        var chosen = placed.Best(fit, Dependents.Controller(pod));
        if (store.TryMutate(ResourceTypes.Pods, key.Namespace, key.Name, item => Bindings.Bind(item, chosen, store.Clock.GetUtcNow()), pod.Uid()) is { } bound)
        {
            placed.Put(bound.Uid(), chosen, Dependents.Controller(bound));
            events.Record(bound, "Normal", "Scheduled", $"Successfully assigned {key.Namespace}/{key.Name} to {chosen}");
        }

        return null;
    }

    private IEnumerable<ObjectKey> Hear(Change change)
    {
        placed.Note(change);
        return change.Type != StoreEvent.Deleted && IsWaiting(change.Now.Facts) ? [ObjectKey.Of(change.Now.Facts)] : [];
    }

    private static bool IsWaiting(ObjectFacts pod) => string.IsNullOrEmpty(pod.Node) && pod.IsActive;

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
