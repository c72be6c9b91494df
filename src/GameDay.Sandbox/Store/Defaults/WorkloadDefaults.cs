using System.Text.Json.Nodes;

namespace GameDay.Sandbox.Store.Defaults;

/// <summary>Defaults of objects that own pods.</summary>
internal static class WorkloadDefaults
{
    public static void Deployment(JsonObject item)
    {
        Replicas(item);
        var spec = item.Ensure("spec");
        spec.Default("revisionHistoryLimit", 10);
        spec.Default("progressDeadlineSeconds", 600);
        var strategy = spec.Ensure("strategy");
        strategy.Default("type", "RollingUpdate");
        if (strategy.Text("type") == "RollingUpdate")
        {
            strategy.Ensure("rollingUpdate").Default("maxUnavailable", "25%");
            strategy.Ensure("rollingUpdate").Default("maxSurge", "25%");
        }
    }

    public static void StatefulSet(JsonObject item)
    {
        Replicas(item);
        var spec = item.Ensure("spec");
        spec.Default("podManagementPolicy", "OrderedReady");
        spec.Default("revisionHistoryLimit", 10);
        var strategy = spec.Ensure("updateStrategy");
        strategy.Default("type", "RollingUpdate");
        if (strategy.Text("type") == "RollingUpdate")
        {
            strategy.Ensure("rollingUpdate").Default("partition", 0);
        }

        var claims = spec.Ensure("persistentVolumeClaimRetentionPolicy");
        claims.Default("whenDeleted", "Retain");
        claims.Default("whenScaled", "Retain");
    }

    public static void Replicas(JsonObject item)
    {
        var spec = item.Ensure("spec");
        spec.Default("replicas", 1);
        // Go writes the zero time of an embedded object as null.
        spec.Ensure("template", "metadata")["creationTimestamp"] = null;
        PodDefaults.Template(spec.Ensure("template", "spec"));
    }
}
