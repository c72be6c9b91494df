using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Kubelet;

/// <summary>Writes a pod's status as the kubelet does.</summary>
internal static class PodStatus
{
    /// <param name="addressed">False while the pod's sandbox is being made: it has no address yet.</param>
    /// <param name="ready">Whether the pod takes traffic, given its containers do.</param>
    public static void Write(
        JsonObject pod, PodContext context, IReadOnlyList<ContainerStatus> containers, IReadOnlyList<ContainerStatus> ephemeral, bool addressed = true, bool ready = true)
    {
        var now = context.Clock.GetUtcNow();
        var status = pod.Ensure("status");
        var started = containers.All(c => c.State is not ContainerState.Waiting || c.Last is not null);
        status["phase"] = addressed && started ? "Running" : "Pending";
        status["startTime"] ??= now.ToKubernetesTime();
        status["hostIP"] = context.HostAddress.ToString();
        status["hostIPs"] = new JsonArray(new JsonObject { ["ip"] = context.HostAddress.ToString() });
        status["qosClass"] ??= "Burstable";
        if (addressed)
        {
            status["podIP"] = context.Address.ToString();
            status["podIPs"] = new JsonArray(new JsonObject { ["ip"] = context.Address.ToString() });
        }

        WriteConditions(status, containers, addressed, ready, now);
        status["containerStatuses"] = Array(containers);
        if (ephemeral.Count > 0)
        {
            status["ephemeralContainerStatuses"] = Array(ephemeral);
        }
    }

    private static void WriteConditions(JsonObject status, IReadOnlyList<ContainerStatus> containers, bool addressed, bool ready, DateTimeOffset now)
    {
        var unready = containers.Where(c => !c.Ready).Select(c => c.Name).ToArray();
        var why = unready.Length == 0 ? null : $"containers with unready status: [{string.Join(' ', unready)}]";
        Condition(status, "PodReadyToStartContainers", addressed, null, now);
        Condition(status, "Initialized", holds: true, null, now);
        Condition(status, "Ready", unready.Length == 0 && ready, why, now);
        Condition(status, "ContainersReady", unready.Length == 0, why, now);
        Condition(status, "PodScheduled", holds: true, null, now);
    }

    private static void Condition(JsonObject status, string type, bool holds, string? message, DateTimeOffset now)
    {
        var conditions = status.EnsureList("conditions");
        var value = holds ? "True" : "False";
        var condition = conditions.OfType<JsonObject>().FirstOrDefault(c => c.Text("type") == type);
        if (condition is null)
        {
            condition = new JsonObject { ["type"] = type };
            conditions.Add(condition);
        }

        if (condition.Text("status") != value)
        {
            condition["status"] = value;
            condition["lastProbeTime"] = null;
            condition["lastTransitionTime"] = now.ToKubernetesTime();
        }

        condition.Put("reason", !holds && message is not null ? "ContainersNotReady" : null);
        condition.Put("message", holds ? null : message);
    }

    private static JsonArray Array(IEnumerable<ContainerStatus> statuses) => new([.. statuses.Select(s => s.ToJson())]);
}
