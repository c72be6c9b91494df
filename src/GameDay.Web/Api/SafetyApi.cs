using GameDay.Web.ExerciseFiles;
using GameDay.Web.Requests;

namespace GameDay.Web.Api;

/// <summary>Preflight and sweep.</summary>
public static class SafetyApi
{
    public static async Task<IResult> PreflightAsync(string yaml, Sender sender, CancellationToken ct)
    {
        var answer = await sender.Send(new PreflightFile.Query(yaml), ct);
        return answer.Problems.Count > 0 ? Refused(answer.Problems) : Results.Json(new { experiments = answer.Experiments });
    }

    public static async Task<IResult> SweepAsync(string? cluster, Sender sender, CancellationToken ct) =>
        Results.Json(new { leftovers = await sender.Send(new SweepClusters.Query(cluster), ct) });

    /// <summary>Everything that is wrong with a file: as lines for people, as fields for tools.</summary>
    public static IResult Refused(IReadOnlyList<FileProblem> problems) =>
        Results.Json(new { rule = "BadFile", message = string.Join("\n", problems), errors = problems.Select(p => p.ToString()), problems }, statusCode: StatusCodes.Status422UnprocessableEntity);
}
