using GameDay.Domain.Experiments;
using GameDay.Web.Features.Exercises;

namespace GameDay.Web.Api;

/// <summary>An exercise as the API shows it; times are ISO 8601, unknown ones null.</summary>
public static class ExerciseBody
{
    public static object Of(GetExercise.Answer e) => new
    {
        id = e.Id,
        title = e.Title,
        state = e.State.ToString(),
        planHash = e.PlanHash,
        cluster = e.Plan.Cluster,
        policy = e.Policy.Name,
        author = e.Author,
        createdAt = e.CreatedAt,
        startsAt = e.StartsAt,
        startedAt = e.StartedAt,
        endedAt = e.EndedAt,
        wasAborted = e.WasAborted,
        abortReason = e.AbortReason,
        leaks = e.Runs.Count(r => r.State == RunState.Leaked),
        runs = e.Runs.Select(r => new { id = r.Id, experiment = r.ExperimentKey, title = Title(e, r.ExperimentKey), number = r.Number, state = r.State.ToString(), verdict = r.Verdict?.ToString(), reason = r.Reason }),
    };

    private static string Title(GetExercise.Answer e, string key) => e.Plan.Experiments.FirstOrDefault(x => x.Key == key)?.Title ?? key;
}
