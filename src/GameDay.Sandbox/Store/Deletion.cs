using System.Text.Json.Nodes;

namespace GameDay.Sandbox.Store;

/// <summary>Which objects go at once and which are only marked until somebody finishes.</summary>
internal static class Deletion
{
    private const int DefaultGraceSeconds = 30;

    /// <summary>Marks the object when its end takes time; false when it can go now.</summary>
    public static bool Mark(ResourceType type, JsonObject item, int? requestedGrace, DateTimeOffset now)
    {
        if (type == ResourceTypes.Pods && GraceOf(item, requestedGrace) is > 0 and var grace)
        {
            MarkPod(item, grace, now);
            return true;
        }

        if (type == ResourceTypes.Namespaces && item.Texts("spec", "finalizers").Count > 0)
        {
            Stamp(item, now);
            item.Ensure("status")["phase"] = "Terminating";
            return true;
        }

        if (item.Texts("metadata", "finalizers").Count > 0)
        {
            Stamp(item, now);
            return true;
        }

        return false;
    }

    /// <summary>Whether a marked object lost its last finalizer and so is gone with this write.</summary>
    public static bool IsComplete(ResourceType type, JsonObject item)
    {
        if (!item.IsDeleting() || item.Texts("metadata", "finalizers").Count > 0)
        {
            return false;
        }

        return type == ResourceTypes.Namespaces
            ? item.Texts("spec", "finalizers").Count == 0
            : type != ResourceTypes.Pods || (item.Number("metadata", "deletionGracePeriodSeconds") ?? 0) == 0;
    }

    private static int GraceOf(JsonObject pod, int? requested)
    {
        if (pod.Text("spec", "nodeName") is not { Length: > 0 } || pod.Text("status", "phase") is "Succeeded" or "Failed")
        {
            return 0;
        }

        var grace = requested ?? pod.Number("spec", "terminationGracePeriodSeconds") ?? DefaultGraceSeconds;
        return pod.Number("metadata", "deletionGracePeriodSeconds") is { } already ? Math.Min(already, grace) : grace;
    }

    private static void MarkPod(JsonObject pod, int grace, DateTimeOffset now)
    {
        var metadata = pod.Ensure("metadata");
        if (pod.Number("metadata", "deletionGracePeriodSeconds") == grace)
        {
            return;
        }

        metadata["deletionTimestamp"] = now.AddSeconds(grace).ToKubernetesTime();
        metadata["deletionGracePeriodSeconds"] = grace;
    }

    private static void Stamp(JsonObject item, DateTimeOffset now)
    {
        if (!item.IsDeleting())
        {
            item.Ensure("metadata")["deletionTimestamp"] = now.ToKubernetesTime();
        }

        item.Ensure("metadata")["deletionGracePeriodSeconds"] = 0;
    }
}
