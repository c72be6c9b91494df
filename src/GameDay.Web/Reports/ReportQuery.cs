using GameDay.Data;
using GameDay.Domain;
using GameDay.Domain.Plugins;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Web.Reports;

/// <summary>Reads the records of one exercise; the only place of the report that knows the database.</summary>
public sealed class ReportQuery(GameDayDbContext db, TimeProvider clock)
{
    /// <param name="leftovers">Fault objects a sweep still found in the cluster.</param>
    public async Task<ReportSources> LoadAsync(Guid exerciseId, IReadOnlyList<Leftover> leftovers, CancellationToken ct)
    {
        var exercise = await db.Exercises.AsNoTracking().FirstOrDefaultAsync(e => e.Id == exerciseId, ct)
            ?? throw new RuleBroken("NotFound", $"There is no exercise {exerciseId}.");
        var runs = await db.Runs.AsNoTracking().Where(r => r.ExerciseId == exerciseId).OrderBy(r => r.Number).ToListAsync(ct);
        var ids = runs.ConvertAll(r => r.Id);
        return new ReportSources(
            exercise, runs,
            await db.ProbeSamples.AsNoTracking().Where(s => ids.Contains(s.RunId)).OrderBy(s => s.At).ToListAsync(ct),
            await db.Timeline.AsNoTracking().Where(t => t.ExerciseId == exerciseId).OrderBy(t => t.Seq).ToListAsync(ct),
            await db.Findings.AsNoTracking().Where(f => f.ExerciseId == exerciseId).OrderBy(f => f.CreatedAt).ToListAsync(ct),
            await db.Outbox.AsNoTracking().Where(m => m.ExerciseId == exerciseId && m.FindingId == null).OrderBy(m => m.Number).ToListAsync(ct),
            leftovers, clock.GetUtcNow());
    }
}
