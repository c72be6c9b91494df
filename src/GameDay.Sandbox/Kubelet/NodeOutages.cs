using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Kubelet;

/// <summary>
/// Takes a node's kubelet away and back. The API shows at once what a real cluster shows after its 40 to 50 s: Ready is Unknown, the
/// node tainted, its pods not ready. Deletes hang until forced, and even a pod deleted by force runs on until the node is back.
/// </summary>
public sealed class NodeOutages(KubeletServices services, Kubelets kubelets)
{
    private const string Unreachable = "node.kubernetes.io/unreachable";
    private static readonly string[] Reported = ["MemoryPressure", "DiskPressure", "PIDPressure", "Ready"];

    /// <exception cref="ApiException">404: no such node.</exception>
    public void Set(string node, bool ready)
    {
        services.Store.Get(ResourceTypes.Nodes, null, node);
        if (ready)
        {
            services.Store.Mutate(ResourceTypes.Nodes, null, node, Recover);
            kubelets.Return(node);
        }
        else if (services.Silent.Add(node))
        {
            services.Store.Mutate(ResourceTypes.Nodes, null, node, Lose);
            foreach (var pod in services.Store.List(ResourceTypes.Pods).Where(pod => pod.Text("spec", "nodeName") == node))
            {
                services.Store.TryMutate(ResourceTypes.Pods, pod.Namespace(), pod.Name(), SetUnready, pod.Uid());
            }
        }
    }

    private void Lose(JsonObject node)
    {
        var now = services.Clock.GetUtcNow();
        foreach (var condition in Reported)
        {
            Conditions.Set(node, condition, "Unknown", now, "NodeStatusUnknown", "Kubelet stopped posting node status.");
        }

        var taints = node.Ensure("spec").EnsureList("taints");
        foreach (var effect in new[] { "NoSchedule", "NoExecute" })
        {
            taints.Add((JsonNode)new JsonObject { ["key"] = Unreachable, ["effect"] = effect, ["timeAdded"] = now.ToKubernetesTime() });
        }
    }

    private void Recover(JsonObject node)
    {
        var now = services.Clock.GetUtcNow();
        foreach (var condition in Reported)
        {
            var ready = condition == "Ready";
            Conditions.Set(node, condition, ready ? "True" : "False", now, ready ? "KubeletReady" : null, ready ? "kubelet is posting ready status" : null);
        }

        var spec = node.Ensure("spec");
        JsonNode[] others = [.. spec.Items("taints").Where(taint => taint.Text("key") != Unreachable).Select(taint => taint.DeepClone())];
        spec.Put("taints", others.Length > 0 ? new JsonArray(others) : null);
    }

    private void SetUnready(JsonObject pod) => Conditions.Set(pod, "Ready", "False", services.Clock.GetUtcNow());
}
