using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Controllers;

/// <summary>Keeps numbered pods, one after the other: the next comes when the one before is ready, the last goes first.</summary>
internal sealed class StatefulSetController(ClusterStore store) : IController
{
    private const string RevisionLabel = "controller-revision-hash";
    private readonly EventRecorder events = new(store, "statefulset-controller");
    private readonly OwnedPods births = new(store, new EventRecorder(store, "statefulset-controller"));

    public IEnumerable<Source> Sources =>
    [
        Source.Itself(ResourceTypes.StatefulSets),
        new(ResourceTypes.Pods, PodKeys.Owner(store, ResourceTypes.StatefulSets)),
    ];

    public TimeSpan? Reconcile(ObjectKey key)
    {
        if (store.Find(ResourceTypes.StatefulSets, key.Namespace, key.Name) is not { } set || set.IsDeleting())
        {
            return null;
        }

        var revision = TemplateHash.Of(set.At("spec", "template") as JsonObject ?? []);
        var wanted = set.Number("spec", "replicas") ?? 1;
        var pods = Pods(set);
        var again = Act(set, pods, wanted, revision);
        Report(set, Pods(set), revision);
        return again;
    }

    private List<ObjectFacts> Pods(JsonObject set) =>
        [.. store.ControlledBy(ResourceTypes.Pods, set.Uid()).Select(pod => pod.Facts).OrderBy(Ordinal)];

    /// <summary>One step at a time, as OrderedReady demands; the next change of a pod brings the next step.</summary>
    private TimeSpan? Act(JsonObject set, List<ObjectFacts> pods, int wanted, string revision)
    {
        var parallel = set.Text("spec", "podManagementPolicy") == "Parallel";
        for (var ordinal = 0; ordinal < wanted; ordinal++)
        {
            var pod = pods.Find(existing => Ordinal(existing) == ordinal);
            if (pod is null)
            {
                if (!Create(set, ordinal, revision))
                {
                    return OwnedPods.Again;
                }
            }

            if (!parallel && (pod is null || !pod.IsReady || pod.IsDeleting))
            {
                return null;
            }
        }

        if (pods.Find(pod => pod.IsDeleting) is not null && !parallel)
        {
            return null;
        }

        var surplus = pods.FindLast(pod => Ordinal(pod) >= wanted) ?? pods.FindLast(pod => pod.Labels.GetValueOrDefault(RevisionLabel) != revision);
        if (surplus is { IsDeleting: false })
        {
            store.TryDelete(ResourceTypes.Pods, surplus.Namespace, surplus.Name, new DeleteOptions(Uid: surplus.Uid));
            events.Record(set, "Normal", "SuccessfulDelete", $"delete Pod {surplus.Name} in StatefulSet {set.Name()} successful");
        }

        return null;
    }

    private bool Create(JsonObject set, int ordinal, string revision)
    {
        var pod = PodTemplates.Pod(set, "");
        var metadata = pod.Ensure("metadata");
        metadata.Remove("generateName");
        metadata["name"] = $"{set.Name()}-{ordinal}";
        metadata.Ensure("labels")["statefulset.kubernetes.io/pod-name"] = $"{set.Name()}-{ordinal}";
        metadata.Ensure("labels")["apps.kubernetes.io/pod-index"] = ordinal.ToString();
        metadata.Ensure("labels")[RevisionLabel] = revision;
        pod.Ensure("spec")["hostname"] = $"{set.Name()}-{ordinal}";
        return births.Create(set, pod, name => $"create Pod {name} in StatefulSet {set.Name()} successful") is not null;
    }

    private void Report(JsonObject set, List<ObjectFacts> pods, string revision) =>
        store.TryMutate(ResourceTypes.StatefulSets, set.Namespace(), set.Name(), item =>
        {
            var status = item.Ensure("status");
            var updated = pods.Count(pod => pod.Labels.GetValueOrDefault(RevisionLabel) == revision);
            status["observedGeneration"] = set.Number("metadata", "generation");
            status["collisionCount"] = 0;
            status["replicas"] = pods.Count;
            status["availableReplicas"] = pods.Count(pod => pod.IsReady && !pod.IsDeleting);
            status.Put("readyReplicas", Counted(pods.Count(pod => pod.IsReady)));
            status.Put("currentReplicas", Counted(updated));
            status.Put("updatedReplicas", Counted(updated));
            status["updateRevision"] = $"{set.Name()}-{revision}";
            status["currentRevision"] = updated == pods.Count ? $"{set.Name()}-{revision}" : status.Text("currentRevision") ?? $"{set.Name()}-{revision}";
        });

    /// <summary>None is left out, as Go does.</summary>
    private static JsonNode? Counted(int number) => number > 0 ? number : null;

    private static int Ordinal(ObjectFacts pod) => int.TryParse(pod.Name[(pod.Name.LastIndexOf('-') + 1)..], out var ordinal) ? ordinal : int.MaxValue;
}
