using GameDay.Data;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.People;
using GameDay.Engine.Leases;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Engine.Runs;

/// <summary>Writes what happened to a run, each time in one short transaction fenced by the lease's epoch.</summary>
internal sealed class Journal(IDbContextFactory<GameDayDbContext> databases)
{
    /// <exception cref="LeaseLost">Somebody else owns the run; nothing was written.</exception>
    public async Task<Run> WriteAsync(OwnedRun own, Action<Entry> change, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var unit = await db.LockAsync(own.ExerciseId, ct);
        var run = await unit.LockRunAsync(own.Id, own.Lease.Epoch, ct) ?? throw new LeaseLost(own.Id);
        change(new Entry(unit.Exercise, run));
        await unit.CommitAsync(ct);
        return run;
    }

    public async Task<Run> ReadAsync(OwnedRun own, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Runs.AsNoTracking().SingleOrDefaultAsync(r => r.Id == own.Id && r.Epoch == own.Lease.Epoch, ct) ?? throw new LeaseLost(own.Id);
    }

    /// <summary>The locked pair that one write changes.</summary>
    internal sealed record Entry(Exercise Exercise, Run Run)
    {
        public void Say(EntryKind kind, string text) => Exercise.Record(kind, Actor.Engine, Shorten(text), Run.Id);

        public Injection Injection(Guid id) => Run.Injections.Single(i => i.Id == id);

        private static string Shorten(string text) => text.Length <= TimelineEntry.LongestText ? text : text[..(TimelineEntry.LongestText - 1)] + "…";
    }
}
