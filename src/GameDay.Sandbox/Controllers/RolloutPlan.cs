using System.Globalization;
using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Controllers;

/// <summary>The next sizes of a deployment's ReplicaSets: never too few available, never too many at all.</summary>
internal static class RolloutPlan
{
    public static IReadOnlyList<(JsonObject Set, int Replicas)> Next(JsonObject deployment, Rollout rollout)
    {
        var wanted = deployment.Number("spec", "replicas") ?? 1;
        var sizes = rollout.All.ToDictionary(set => set.Uid(), set => set.Number("spec", "replicas") ?? 0, StringComparer.Ordinal);
        if (rollout.New is null || deployment.IsTrue("spec", "paused"))
        {
            ScalePaused(rollout, sizes, wanted);
        }
        else if (deployment.Text("spec", "strategy", "type") == "Recreate")
        {
            Recreate(rollout, sizes, wanted);
        }
        else
        {
            Roll(deployment, rollout, sizes, wanted);
        }

        return [.. rollout.All.Where(set => sizes[set.Uid()] != (set.Number("spec", "replicas") ?? 0)).Select(set => (set, sizes[set.Uid()]))];
    }

    /// <summary>With how many replicas a new set is born.</summary>
    public static int FirstSize(JsonObject deployment, Rollout rollout)
    {
        var wanted = deployment.Number("spec", "replicas") ?? 1;
        return deployment.Text("spec", "strategy", "type") == "Recreate"
            ? rollout.OldPods == 0 ? wanted : 0
            : Math.Clamp(Most(deployment) - rollout.Old.Sum(set => set.Number("spec", "replicas") ?? 0), 0, wanted);
    }

    /// <summary>How many pods there may be while it rolls.</summary>
    public static int Most(JsonObject deployment)
    {
        var wanted = deployment.Number("spec", "replicas") ?? 1;
        return deployment.Text("spec", "strategy", "type") == "Recreate" ? wanted : wanted + Share(deployment, "maxSurge", wanted, roundUp: true);
    }

    private static void ScalePaused(Rollout rollout, Dictionary<string, int> sizes, int wanted)
    {
        var active = rollout.All.Where(set => sizes[set.Uid()] > 0).ToList();
        if (active.Count <= 1 && (active.FirstOrDefault() ?? rollout.New) is { } only)
        {
            sizes[only.Uid()] = wanted;
        }
    }

    private static void Recreate(Rollout rollout, Dictionary<string, int> sizes, int wanted)
    {
        foreach (var old in rollout.Old)
        {
            sizes[old.Uid()] = 0;
        }

        if (rollout.OldPods == 0)
        {
            sizes[rollout.New!.Uid()] = wanted;
        }
    }

    private static void Roll(JsonObject deployment, Rollout rollout, Dictionary<string, int> sizes, int wanted)
    {
        var surge = Share(deployment, "maxSurge", wanted, roundUp: true);
        var unavailable = Share(deployment, "maxUnavailable", wanted, roundUp: false);
        if (surge == 0 && unavailable == 0)
        {
            unavailable = 1;
        }

        var present = rollout.New!.Uid();
        var total = sizes.Values.Sum();
        if (sizes[present] > wanted)
        {
            sizes[present] = wanted;
        }
        else
        {
            sizes[present] += Math.Clamp(wanted + surge - total, 0, wanted - sizes[present]);
        }

        ShrinkOld(rollout, sizes, wanted - Math.Min(unavailable, wanted));
    }

    private static void ShrinkOld(Rollout rollout, Dictionary<string, int> sizes, int minAvailable)
    {
        var present = rollout.New!;
        var newUnavailable = Math.Max(0, (present.Number("spec", "replicas") ?? 0) - (present.Number("status", "availableReplicas") ?? 0));
        var before = rollout.Sum("spec", "replicas");
        var mayGo = before - minAvailable - newUnavailable;
        foreach (var old in rollout.Old.OrderBy(set => set.Text("metadata", "creationTimestamp"), StringComparer.Ordinal))
        {
            var unhealthy = sizes[old.Uid()] - (old.Number("status", "availableReplicas") ?? 0);
            var gone = Math.Clamp(unhealthy, 0, Math.Max(0, mayGo));
            sizes[old.Uid()] -= gone;
            mayGo -= gone;
        }

        mayGo = Math.Min(mayGo, rollout.Sum("status", "availableReplicas") - minAvailable);
        foreach (var old in rollout.Old.OrderBy(set => set.Text("metadata", "creationTimestamp"), StringComparer.Ordinal))
        {
            var gone = Math.Clamp(mayGo, 0, sizes[old.Uid()]);
            sizes[old.Uid()] -= gone;
            mayGo -= gone;
        }
    }

    /// <summary>A number or a percentage of the replicas.</summary>
    private static int Share(JsonObject deployment, string field, int replicas, bool roundUp)
    {
        var text = deployment.Text("spec", "strategy", "rollingUpdate", field) ?? "25%";
        return IntOrPercent.Of(text, replicas, roundUp);
    }
}

/// <summary>Values such as 2 or 25%.</summary>
internal static class IntOrPercent
{
    public static int Of(string text, int whole, bool roundUp)
    {
        if (!text.EndsWith('%'))
        {
            return int.Parse(text, CultureInfo.InvariantCulture);
        }

        var share = double.Parse(text[..^1], CultureInfo.InvariantCulture) * whole / 100;
        return (int)(roundUp ? Math.Ceiling(share) : Math.Floor(share));
    }
}
