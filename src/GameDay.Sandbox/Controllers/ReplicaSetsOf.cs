using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Controllers;

/// <summary>Finds, creates and scales a deployment's ReplicaSets.</summary>
internal sealed class ReplicaSetsOf(ClusterStore store)
{
    private const string HashLabel = "pod-template-hash";
    private const string Revision = "deployment.kubernetes.io/revision";
    private readonly EventRecorder events = new(store, "deployment-controller");

    public Rollout Find(JsonObject deployment)
    {
        var sets = store.ControlledBy(ResourceTypes.ReplicaSets, deployment.Uid()).Select(set => set.Parse()).ToList();
        var template = Plain(deployment.At("spec", "template"));
        var present = sets.Where(set => JsonNode.DeepEquals(Plain(set.At("spec", "template")), template)).MinBy(set => set.Text("metadata", "creationTimestamp"));
        var old = sets.Where(set => !ReferenceEquals(set, present)).ToList();
        var oldPods = old.Sum(set => store.ControlledBy(ResourceTypes.Pods, set.Uid()).Count);
        return new Rollout(present is null ? null : Renumber(deployment, present, old), old, oldPods);
    }

    public Rollout CreateNew(JsonObject deployment, Rollout rollout)
    {
        var template = (deployment.At("spec", "template") as JsonObject ?? []).Copy();
        var hash = TemplateHash.Of(template);
        template.Ensure("metadata", "labels")[HashLabel] = hash;
        var selector = (deployment.At("spec", "selector") as JsonObject ?? []).Copy();
        selector.Ensure("matchLabels")[HashLabel] = hash;
        var size = RolloutPlan.FirstSize(deployment, rollout);
        var spec = new JsonObject { ["replicas"] = size, ["selector"] = selector, ["template"] = template };
        spec.Put("minReadySeconds", deployment.At("spec", "minReadySeconds")?.DeepClone());
        var set = store.Create(ResourceTypes.ReplicaSets, new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["name"] = $"{deployment.Name()}-{hash}",
                ["namespace"] = deployment.Namespace(),
                ["labels"] = template.At("metadata", "labels")?.DeepClone(),
                ["annotations"] = Sized(new JsonObject { [Revision] = Next(rollout.Old).ToString() }, deployment),
                ["ownerReferences"] = new JsonArray(Dependents.ReferenceTo(deployment)),
            },
            ["spec"] = spec,
        });
        Number(deployment, Next(rollout.Old));
        if (size > 0)
        {
            events.Record(deployment, "Normal", "ScalingReplicaSet", $"Scaled up replica set {set.Name()} from 0 to {size}");
        }

        return rollout with { New = set };
    }

    public void Scale(JsonObject deployment, JsonObject set, int replicas)
    {
        var before = set.Number("spec", "replicas") ?? 0;
        store.TryMutate(ResourceTypes.ReplicaSets, set.Namespace(), set.Name(), item => Resize(item, deployment, replicas), set.Uid());
        var direction = replicas > before ? "up" : "down";
        events.Record(deployment, "Normal", "ScalingReplicaSet", $"Scaled {direction} replica set {set.Name()} from {before} to {replicas}");
    }

    private static void Resize(JsonObject set, JsonObject deployment, int replicas)
    {
        set.Ensure("spec")["replicas"] = replicas;
        Sized(set.Ensure("metadata", "annotations"), deployment);
    }

    private static JsonObject Sized(JsonObject annotations, JsonObject deployment)
    {
        annotations["deployment.kubernetes.io/desired-replicas"] = (deployment.Number("spec", "replicas") ?? 1).ToString();
        annotations["deployment.kubernetes.io/max-replicas"] = RolloutPlan.Most(deployment).ToString();
        return annotations;
    }

    /// <summary>Drops the oldest empty sets beyond the history limit.</summary>
    public void Forget(JsonObject deployment, Rollout rollout)
    {
        var empty = rollout.Old.Where(set => (set.Number("spec", "replicas") ?? 0) == 0 && (set.Number("status", "replicas") ?? 0) == 0);
        var keep = deployment.Number("spec", "revisionHistoryLimit") ?? 10;
        foreach (var set in empty.OrderByDescending(RevisionOf).Skip(keep))
        {
            store.TryDelete(ResourceTypes.ReplicaSets, set.Namespace(), set.Name(), new DeleteOptions(Uid: set.Uid()));
        }
    }

    /// <summary>A rollback takes an old set up again: it becomes the newest revision.</summary>
    private JsonObject Renumber(JsonObject deployment, JsonObject present, List<JsonObject> old)
    {
        var next = Next(old);
        if (RevisionOf(present) >= next)
        {
            return present;
        }

        Number(deployment, next);
        return store.TryMutate(
            ResourceTypes.ReplicaSets,
            present.Namespace(),
            present.Name(),
            set => set.Ensure("metadata", "annotations")[Revision] = next.ToString(),
            present.Uid()) ?? present;
    }

    private void Number(JsonObject deployment, int revision) => store.TryMutate(
        ResourceTypes.Deployments,
        deployment.Namespace(),
        deployment.Name(),
        item => item.Ensure("metadata", "annotations")[Revision] = revision.ToString(),
        deployment.Uid());

    private static int Next(IEnumerable<JsonObject> old) => old.Select(RevisionOf).DefaultIfEmpty(0).Max() + 1;

    private static int RevisionOf(JsonObject set) => set.Number("metadata", "annotations", Revision) ?? 0;

    private static JsonObject Plain(JsonNode? template)
    {
        var plain = (template as JsonObject ?? []).Copy();
        (plain.At("metadata", "labels") as JsonObject)?.Remove(HashLabel);
        return plain;
    }
}
