using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Controllers;

/// <summary>Taints a node that is cordoned, as a cluster's node controller does.</summary>
internal sealed class CordonTaints(ClusterStore store) : IController
{
    private const string Key = "node.kubernetes.io/unschedulable";

    public IEnumerable<Source> Sources => [Source.Itself(ResourceTypes.Nodes)];

    public TimeSpan? Reconcile(ObjectKey key)
    {
        store.TryMutate(ResourceTypes.Nodes, null, key.Name, Agree);
        return null;
    }

    private void Agree(JsonObject node)
    {
        var others = node.Items("spec", "taints").Where(taint => taint.Text("key") != Key).Select(taint => taint.DeepClone()).ToList();
        var isTainted = others.Count < node.Items("spec", "taints").Count();
        if (node.IsTrue("spec", "unschedulable") == isTainted)
        {
            return;
        }

        if (!isTainted)
        {
            others.Add(new JsonObject { ["key"] = Key, ["effect"] = "NoSchedule", ["timeAdded"] = store.Clock.GetUtcNow().ToKubernetesTime() });
        }

        node.Ensure("spec").Put("taints", others.Count > 0 ? new JsonArray([.. others]) : null);
    }
}
