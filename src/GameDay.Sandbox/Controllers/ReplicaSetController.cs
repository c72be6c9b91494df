using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Controllers;

/// <summary>Keeps as many pods as a ReplicaSet asks for.</summary>
internal sealed class ReplicaSetController(ClusterStore store) : IController
{
    private readonly Pace pace = new(store.Clock, TimeSpan.FromMilliseconds(100));
    private readonly EventRecorder events = new(store, "replicaset-controller");
    private readonly OwnedPods births = new(store, new EventRecorder(store, "replicaset-controller"));

    public IEnumerable<Source> Sources =>
    [
        Source.Itself(ResourceTypes.ReplicaSets),
        new(ResourceTypes.Pods, Owners),
    ];

    public TimeSpan? Reconcile(ObjectKey key)
    {
        if (pace.Left(key) is { } left)
        {
            return left;
        }

        if (store.Find(ResourceTypes.ReplicaSets, key.Namespace, key.Name) is not { } set || set.IsDeleting())
        {
            return null;
        }

        PodOwnership.Settle(store, set);
        var uid = set.Uid();
        var pods = PodsOf(uid);
        var wanted = set.Number("spec", "replicas") ?? 1;
        for (var missing = pods.Count; missing < wanted; missing++)
        {
            if (births.Create(set, PodTemplates.Pod(set, $"{set.Name()}-"), name => $"Created pod: {name}") is null)
            {
                Report(set);
                return OwnedPods.Again;
            }
        }

        foreach (var pod in Surplus.Choose(pods, pods.Count - wanted))
        {
            store.TryDelete(ResourceTypes.Pods, pod.Namespace, pod.Name, new DeleteOptions(Uid: pod.Uid));
            events.Record(set, "Normal", "SuccessfulDelete", $"Deleted pod: {pod.Name}");
        }

        pace.Done(key, Math.Max(pods.Count, wanted));
        return Report(set);
    }

    private IEnumerable<ObjectKey> Owners(Change change)
    {
        var pod = change.Now.Facts;
        var owned = new[] { pod.Controller, change.Before?.Facts.Controller };
        return store.Snapshot(ResourceTypes.ReplicaSets, pod.Namespace).Items
            .Where(set => owned.Contains(set.Uid, StringComparer.Ordinal)
                || (pod.Controller is null && LabelSelector.Matches(set.Parse().At("spec", "selector"), pod.Labels)))
            .Select(set => ObjectKey.Of(set.Facts));
    }

    private List<ObjectFacts> PodsOf(string uid) => [.. store.ControlledBy(ResourceTypes.Pods, uid).Select(pod => pod.Facts).Where(pod => pod.IsActive)];

    private TimeSpan? Report(JsonObject set)
    {
        var now = store.Clock.GetUtcNow();
        var uid = set.Uid();
        var pods = PodsOf(uid);
        var minReady = set.Number("spec", "minReadySeconds") ?? 0;
        var ready = pods.Count(pod => pod.IsReady);
        var available = pods.Count(pod => pod.IsAvailable(minReady, now));
        store.TryMutate(ResourceTypes.ReplicaSets, set.Namespace(), set.Name(), item =>
        {
            var status = item.Ensure("status");
            status["replicas"] = pods.Count;
            status["fullyLabeledReplicas"] = pods.Count;
            status["readyReplicas"] = ready;
            status["availableReplicas"] = available;
            status["observedGeneration"] = set.Number("metadata", "generation");
        });
        return ready > available ? TimeSpan.FromSeconds(1) : null;
    }
}
