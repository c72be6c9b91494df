using GameDay.Data;
using GameDay.Domain.Experiments;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Web.Features.Notes;

/// <summary>The run that is going on, if any: what people write now is about it.</summary>
internal static class ActiveRun
{
    private static readonly RunState[] GoingOn = [RunState.Armed, RunState.Baseline, RunState.Injecting, RunState.Observing, RunState.Reverting, RunState.Leaked, RunState.Recovering];

    public static async Task<Run?> LockAsync(ExerciseUnit unit, CancellationToken ct)
    {
        var id = await unit.Db.Runs.Where(r => r.ExerciseId == unit.Exercise.Id && GoingOn.Contains(r.State)).OrderByDescending(r => r.Number).Select(r => (Guid?)r.Id).FirstOrDefaultAsync(ct);
        return id is { } runId ? await unit.LockRunAsync(runId, ct) : null;
    }
}
