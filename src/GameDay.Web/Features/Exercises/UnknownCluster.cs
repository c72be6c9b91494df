using GameDay.Domain.Exercises;
using GameDay.Domain.Plugins;
using GameDay.Web.ExerciseFiles;

namespace GameDay.Web.Features.Exercises;

/// <summary>A plan names a cluster that is configured here; a file's own check cannot know which are.</summary>
public static class UnknownCluster
{
    public static FileProblem? In(ExercisePlan plan, IClusters clusters) =>
        clusters.All.Any(c => c.Name == plan.Cluster) ? null
            : new FileProblem(1, 1, "cluster", $"no cluster '{plan.Cluster}' is configured", string.Join(", ", clusters.All.Select(c => c.Name)));
}
