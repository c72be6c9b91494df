using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Controllers;

/// <summary>Writes a deployment's counts and its Available and Progressing conditions.</summary>
internal sealed class DeploymentStatus(ClusterStore store)
{
    public TimeSpan? Write(JsonObject deployment, Rollout rollout)
    {
        var now = store.Clock.GetUtcNow();
        TimeSpan? again = null;
        store.TryMutate(
            ResourceTypes.Deployments,
            deployment.Namespace(),
            deployment.Name(),
            item =>
            {
                var before = (item["status"] as JsonObject ?? []).Copy();
                Count(deployment, rollout, item.Ensure("status"));
                Available(deployment, item, now);
                again = Progress(item, before, rollout, now);
            },
            deployment.Uid());
        return again;
    }

    private static void Count(JsonObject deployment, Rollout rollout, JsonObject status)
    {
        var replicas = rollout.Sum("status", "replicas");
        var available = rollout.Sum("status", "availableReplicas");
        status["observedGeneration"] = deployment.Number("metadata", "generation");
        status["replicas"] = replicas;
        status["updatedReplicas"] = rollout.New.Number("status", "replicas") ?? 0;
        status["readyReplicas"] = rollout.Sum("status", "readyReplicas");
        status["availableReplicas"] = available;
        var missing = (deployment.Number("spec", "replicas") ?? 1) - available;
        status.Put("unavailableReplicas", missing > 0 ? missing : null);
    }

    private static void Available(JsonObject deployment, JsonObject item, DateTimeOffset now)
    {
        var wanted = deployment.Number("spec", "replicas") ?? 1;
        var mayMiss = deployment.Text("spec", "strategy", "rollingUpdate", "maxUnavailable") is { } text ? IntOrPercent.Of(text, wanted, roundUp: false) : 0;
        var enough = item.Number("status", "availableReplicas") >= wanted - mayMiss;
        Set(
            item,
            "Available",
            enough,
            enough ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
            $"Deployment {(enough ? "has" : "does not have")} minimum availability.",
            now);
    }

    private static TimeSpan? Progress(JsonObject item, JsonObject before, Rollout rollout, DateTimeOffset now)
    {
        var status = item.Ensure("status");
        var wanted = item.Number("spec", "replicas") ?? 1;
        var name = rollout.New?.Name() ?? "";
        bool Is(string field, int value) => (status.Number(field) ?? 0) == value;
        if (Is("updatedReplicas", wanted) && Is("replicas", wanted) && Is("availableReplicas", wanted))
        {
            Set(item, "Progressing", true, "NewReplicaSetAvailable", $"ReplicaSet \"{name}\" has successfully progressed.", now);
            return null;
        }

        var condition = item.Items("status", "conditions").FirstOrDefault(c => c.Text("type") == "Progressing");
        if (Is("replicas", status.Number("updatedReplicas") ?? 0) && condition.Text("reason") == "NewReplicaSetAvailable")
        {
            return null; // Rolled out before: a pod that was lost since is no rollout.
        }

        var moved = new[] { "replicas", "updatedReplicas", "readyReplicas", "availableReplicas", "observedGeneration" }
            .Any(field => before.Number(field) != status.Number(field));
        if (moved || condition is null)
        {
            Set(item, "Progressing", true, "ReplicaSetUpdated", $"ReplicaSet \"{name}\" is progressing.", now);
            condition = item.Items("status", "conditions").First(c => c.Text("type") == "Progressing");
            condition["lastUpdateTime"] = now.ToKubernetesTime();
        }

        var left = condition.Time("lastUpdateTime") + TimeSpan.FromSeconds(item.Number("spec", "progressDeadlineSeconds") ?? 600) - now;
        if (left > TimeSpan.Zero)
        {
            return left;
        }

        Set(item, "Progressing", false, "ProgressDeadlineExceeded", $"ReplicaSet \"{name}\" has timed out progressing.", now);
        return null;
    }

    private static void Set(JsonObject item, string type, bool status, string reason, string message, DateTimeOffset now)
    {
        var existing = item.Items("status", "conditions").FirstOrDefault(condition => condition.Text("type") == type);
        var changed = existing.Text("reason") != reason || existing.Text("status") != (status ? "True" : "False");
        Conditions.Set(item, type, status ? "True" : "False", now, reason, message);
        if (changed)
        {
            item.Items("status", "conditions").First(condition => condition.Text("type") == type)["lastUpdateTime"] = now.ToKubernetesTime();
        }
    }
}
