using System.Globalization;
using GameDay.Domain;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace GameDay.Data;

/// <summary>Row locks, always in the order exercise → run → injection.</summary>
public static class ExerciseLock
{
    /// <summary>
    /// Opens a transaction and locks the exercise's row; nobody else changes it until the unit commits or is disposed.
    /// What the context had read before is forgotten: it may be stale by the time the lock is got.
    /// </summary>
    /// <exception cref="RuleBroken">There is no such exercise.</exception>
    public static async Task<ExerciseUnit> LockAsync(this GameDayDbContext db, Guid exerciseId, CancellationToken ct)
    {
        if (db.ChangeTracker.HasChanges()) throw new InvalidOperationException("Lock the exercise before changing anything.");
        db.ChangeTracker.Clear();
        var transaction = await BeginLockedAsync(db, exerciseId, ct);
        try
        {
            return new ExerciseUnit(db, transaction, await db.Exercises.FindOrRefuseAsync(exerciseId, ct));
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    /// <summary>Loads by key or refuses with a message for the user.</summary>
    public static async Task<T> FindOrRefuseAsync<T>(this DbSet<T> set, Guid id, CancellationToken ct)
        where T : class =>
        await set.FindAsync([id], ct) ?? throw new RuleBroken("NotFound", $"There is no {Words(typeof(T).Name)} {id}. It may have been removed; go back to the list.");

    internal static Task TellAsync(this GameDayDbContext db, Guid exerciseId, long seq, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_notify({GameDayDbContext.Channel}, {string.Create(CultureInfo.InvariantCulture, $"{exerciseId}:{seq}")})", ct);

    /// <summary>A pooled connection may have died with the server: taking the lock again is safe, nothing was done yet.</summary>
    private static async Task<IDbContextTransaction> BeginLockedAsync(GameDayDbContext db, Guid exerciseId, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            IDbContextTransaction? transaction = null;
            try
            {
                transaction = await db.Database.BeginTransactionAsync(ct);
                await db.Database.ExecuteSqlAsync($"SELECT 1 FROM exercises WHERE id = {exerciseId} FOR UPDATE", ct);
                return transaction;
            }
            catch (Exception e) when (attempt < 3 && IsConnectionLoss(e))
            {
                if (transaction is not null) await transaction.DisposeAsync();
                await db.Database.CloseConnectionAsync();
            }
        }
    }

    /// <summary>True when the server is away or went away; the statement may be asked again if it changed nothing.</summary>
    public static bool IsConnectionLoss(Exception e) => e switch
    {
        PostgresException p => p.IsTransient || p.SqlState.StartsWith("57P", StringComparison.Ordinal) || p.SqlState.StartsWith("08", StringComparison.Ordinal),
        NpgsqlException or System.Net.Sockets.SocketException or EndOfStreamException or TimeoutException => true,
        // Npgsql says this of a connection that its keep-alive found dead between two statements.
        InvalidOperationException { Source: "Npgsql" } => true,
        { InnerException: { } inner } => IsConnectionLoss(inner),
        _ => false,
    };

    private static string Words(string type) => type.ToLowerInvariant();
}

/// <summary>One locked change of an exercise and, when locked too, of its runs. Dispose without commit undoes it.</summary>
public sealed class ExerciseUnit(GameDayDbContext db, IDbContextTransaction transaction, Exercise exercise) : IAsyncDisposable
{
    public GameDayDbContext Db => db;
    public Exercise Exercise => exercise;

    /// <summary>Locks one run of this exercise with its injections.</summary>
    public async Task<Run> LockRunAsync(Guid runId, CancellationToken ct) =>
        await FindRunAsync(runId, epoch: null, ct) ?? throw new RuleBroken("NotFound", $"There is no run {runId} in this exercise. Reload the page.");

    /// <summary>Locks one run only while it is still held under this epoch; null when the lease was lost.</summary>
    public Task<Run?> LockRunAsync(Guid runId, long epoch, CancellationToken ct) => FindRunAsync(runId, epoch, ct);

    /// <summary>Locks all runs of the exercise, in order.</summary>
    public async Task<IReadOnlyList<Run>> LockRunsAsync(CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"SELECT 1 FROM runs WHERE exercise_id = {exercise.Id} ORDER BY number FOR UPDATE", ct);
        return await db.Runs.Where(r => r.ExerciseId == exercise.Id).OrderBy(r => r.Number).ToListAsync(ct);
    }

    public async Task CommitAsync(CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    public ValueTask DisposeAsync() => transaction.DisposeAsync();

    private async Task<Run?> FindRunAsync(Guid runId, long? epoch, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"SELECT 1 FROM runs WHERE id = {runId} AND exercise_id = {exercise.Id} FOR UPDATE", ct);
        return await db.Runs.SingleOrDefaultAsync(r => r.Id == runId && r.ExerciseId == exercise.Id && (epoch == null || r.Epoch == epoch), ct);
    }
}
