using GameDay.Data;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.People;
using GameDay.Engine.Leases;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Engine.Runs;

/// <summary>Writes what happened to a run, each time in one short transaction fenced by the lease's epoch.</summary>
internal sealed class Journal(IDbContextFactory<GameDayDbContext> databases, EngineOptions options)
{
    /// <exception cref="LeaseLost">Somebody else owns the run; nothing was written.</exception>
    /// <exception cref="TimeoutException">The database hangs; whether anything was written is not known.</exception>
    public Task<Run> WriteAsync(OwnedRun own, Action<Entry> change, CancellationToken ct) =>
        InTimeAsync(within => own.Writes.WriteAsync(change, all => WriteOnceAsync(own, all, within), within), ct);

    public Task<Run> ReadAsync(OwnedRun own, CancellationToken ct) => InTimeAsync(within => ReadOnceAsync(own, within), ct);

    private async Task<Run> WriteOnceAsync(OwnedRun own, Action<Entry> change, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var unit = await db.LockAsync(own.ExerciseId, ct);
        var run = await unit.LockRunAsync(own.Id, own.Lease.Epoch, ct) ?? throw new LeaseLost(own.Id);
        change(new Entry(unit.Exercise, run));
        await unit.CommitAsync(ct);
        return run;
    }

    private async Task<Run> ReadOnceAsync(OwnedRun own, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Runs.AsNoTracking().SingleOrDefaultAsync(r => r.Id == own.Id && r.Epoch == own.Lease.Epoch, ct) ?? throw new LeaseLost(own.Id);
    }

    private async Task<Run> InTimeAsync(Func<CancellationToken, Task<Run>> act, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(options.JournalWithin);
        try
        {
            return await act(patience.Token);
        }
        catch (OperationCanceledException late) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException($"PostgreSQL did not answer within {options.JournalWithin.TotalSeconds:0.#} s.", late);
        }
    }

    /// <summary>The locked pair that one write changes.</summary>
    internal sealed record Entry(Exercise Exercise, Run Run)
    {
        public void Say(EntryKind kind, string text) => Exercise.Record(kind, Actor.Engine, Shorten(text), Run.Id);

        public Injection Injection(Guid id) => Run.Injections.Single(i => i.Id == id);

        private static string Shorten(string text) => text.Length <= TimelineEntry.LongestText ? text : text[..(TimelineEntry.LongestText - 1)] + "…";
    }
}
