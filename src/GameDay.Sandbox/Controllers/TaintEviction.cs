using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Controllers;

/// <summary>Deletes pods from nodes with a NoExecute taint that they do not tolerate, or no longer: 300 s for a node that is not ready.</summary>
internal sealed class TaintEviction(ClusterStore store) : IController
{
    private const int DefaultSeconds = 300;
    private readonly EventRecorder events = new(store, "taint-eviction-controller");

    public IEnumerable<Source> Sources => [Source.Itself(ResourceTypes.Nodes)];

    public TimeSpan? Reconcile(ObjectKey key)
    {
        if (store.Find(ResourceTypes.Nodes, null, key.Name) is not { } node || NoExecute(node) is not { Count: > 0 } taints)
        {
            return null;
        }

        if (taints.Exists(taint => taint.Time("timeAdded") is null))
        {
            store.TryMutate(ResourceTypes.Nodes, null, key.Name, Stamp, node.Uid());
            return null; // that change brings the node here again
        }

        return store.Facts(ResourceTypes.Pods).Where(pod => pod.Node == key.Name && pod.IsActive)
            .Select(pod => Evict(pod, taints))
            .Min();
    }

    private static List<JsonObject> NoExecute(JsonObject node) => [.. node.Items("spec", "taints").Where(taint => taint.Text("effect") == "NoExecute")];

    private void Stamp(JsonObject node)
    {
        foreach (var taint in NoExecute(node).Where(taint => taint.Time("timeAdded") is null))
        {
            taint["timeAdded"] = store.Clock.GetUtcNow().ToKubernetesTime();
        }
    }

    /// <summary>Deletes the pod when its time is up; else how long it has; null when it may stay.</summary>
    private TimeSpan? Evict(ObjectFacts facts, List<JsonObject> taints)
    {
        if (store.Find(ResourceTypes.Pods, facts.Namespace, facts.Name) is not { } pod || pod.Uid() != facts.Uid || Due(pod, taints) is not { } due)
        {
            return null;
        }

        var left = due - store.Clock.GetUtcNow();
        if (left > TimeSpan.Zero)
        {
            return left;
        }

        events.Record(pod, "Normal", "TaintManagerEviction", $"Marking for deletion Pod {facts.Namespace}/{facts.Name}");
        store.TryDelete(ResourceTypes.Pods, facts.Namespace, facts.Name, new DeleteOptions(Uid: facts.Uid));
        return null;
    }

    private static DateTimeOffset? Due(JsonObject pod, List<JsonObject> taints) => taints
        .Select(taint => Seconds(pod, taint) is { } seconds ? taint.Time("timeAdded") + TimeSpan.FromSeconds(seconds) : null)
        .Min();

    /// <summary>How long the pod stays with the taint; null: for ever.</summary>
    private static int? Seconds(JsonObject pod, JsonObject taint)
    {
        var tolerations = pod.Items("spec", "tolerations").Where(toleration => Toleration.Covers(toleration, taint)).ToList();
        var isOutage = taint.Text("key") is "node.kubernetes.io/unreachable" or "node.kubernetes.io/not-ready";
        return tolerations.Count == 0 ? isOutage ? DefaultSeconds : 0 : tolerations.Min(toleration => toleration.Number("tolerationSeconds"));
    }
}
