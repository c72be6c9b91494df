using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Controllers;

/// <summary>Whether a node takes a pod: ready, not cordoned, labels and taints agree.</summary>
internal static class NodeFit
{
    public static bool Takes(JsonObject node, JsonObject pod) =>
        Conditions.IsTrue(node, "Ready")
        && !node.IsTrue("spec", "unschedulable")
        && LabelSelector.MatchesMap(pod.At("spec", "nodeSelector"), node.Labels())
        && node.Items("spec", "taints").Where(taint => taint.Text("effect") is "NoSchedule" or "NoExecute").All(taint => IsTolerated(taint, pod));

    private static bool IsTolerated(JsonObject taint, JsonObject pod) => pod.Items("spec", "tolerations").Any(toleration =>
        (string.IsNullOrEmpty(toleration.Text("effect")) || toleration.Text("effect") == taint.Text("effect"))
        && (string.IsNullOrEmpty(toleration.Text("key")) || toleration.Text("key") == taint.Text("key"))
        && (toleration.Text("operator") == "Exists" || (toleration.Text("value") ?? "") == (taint.Text("value") ?? "")));
}
