using GameDay.Domain.Exercises;
using GameDay.Domain.Plugins;
using GameDay.Domain.Safety;
using GameDay.Web.ExerciseFiles;

namespace GameDay.Web.Features.Exercises;

/// <summary>A plan names a cluster that is configured here, with a policy made for it; a file's own check cannot know which are.</summary>
public static class PlanFitsCluster
{
    public static FileProblem? Check(ExercisePlan plan, IClusters clusters)
    {
        if (clusters.All.FirstOrDefault(c => c.Name == plan.Cluster) is not { } cluster)
            return new FileProblem(1, 1, "cluster", $"no cluster '{plan.Cluster}' is configured", string.Join(", ", clusters.All.Select(c => c.Name)));
        // Its short waits and unattended runs are for rehearsals; on a real cluster a file must not choose them for itself.
        return plan.Policy == Policy.Sandbox.Name && !cluster.IsSandbox
            ? new FileProblem(1, 1, "policy", $"policy '{plan.Policy}' is for the sandbox only, and '{cluster.Name}' is a real cluster", string.Join(", ", Policy.All.Where(p => p != Policy.Sandbox).Select(p => p.Name)))
            : null;
    }
}
