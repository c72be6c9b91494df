using GameDay.Data;
using GameDay.Domain.Experiments;
using GameDay.Domain.Safety;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Engine.Control;

/// <summary>What this installation knows by itself: freezes, open incidents, how many targets carry a fault.</summary>
internal sealed class CalendarFacts(IDbContextFactory<GameDayDbContext> databases, Limits limits)
{
    public async Task<GuardFacts> AddToAsync(GuardFacts facts, Guid? runId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return facts with
        {
            Limits = limits,
            Freezes = await db.Freezes.AsNoTracking().Where(f => f.To > facts.Now).OrderBy(f => f.From).ToListAsync(ct),
            Incidents = await db.Incidents.AsNoTracking().Where(i => i.ClosedAt == null).OrderBy(i => i.DeclaredAt).ToListAsync(ct),
            LiveInCluster = await LiveAsync(db, facts.Plan.Cluster, runId, ct),
        };
    }

    private static async Task<int> LiveAsync(GameDayDbContext db, string cluster, Guid? runId, CancellationToken ct)
    {
        var live = await db.Injections.AsNoTracking()
            .Where(i => i.RunId != runId && i.Phase != InjectionPhase.Reverted && i.Phase != InjectionPhase.Void)
            .Select(i => i.Target).ToListAsync(ct);
        return live.Count(t => t.Cluster == cluster);
    }
}
