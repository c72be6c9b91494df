using GameDay.Data;
using GameDay.Domain.Exercises;
using GameDay.Domain.Plugins;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Engine.Outbox;

/// <summary>
/// Takes the next message of each channel for one attempt. Order per channel is by number; an urgent one overtakes; a message whose turn is
/// not yet (a retry, or another node is sending it) holds the ordinary ones behind it back.
/// </summary>
internal sealed class OutboxClaims(IDbContextFactory<GameDayDbContext> databases, TimeProvider clock)
{
    /// <summary>An attempt that did not end by then (the node died) is taken over, with a look-up first.</summary>
    private static readonly TimeSpan AttemptFor = TimeSpan.FromSeconds(30);

    public async Task<IReadOnlyList<OutboxMessage>> NextAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // One claimer at a time decides the order; sending itself happens outside and in parallel.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext('gameday-outbox'))", ct);
        var waiting = await db.Outbox.Where(m => m.State == OutboxState.Waiting).OrderBy(m => m.Number).ToListAsync(ct);
        await DropStaleAsync(db, waiting, ct);
        var now = clock.GetUtcNow();
        var next = waiting.Where(m => m.State == OutboxState.Waiting).GroupBy(m => m.Channel, StringComparer.Ordinal).Select(c => Head(c, now)).OfType<OutboxMessage>().ToList();
        foreach (var message in next)
        {
            message.Try();
            message.RetryAt(now + AttemptFor, message.Problem ?? "being sent");
        }
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return next;
    }

    private static OutboxMessage? Head(IEnumerable<OutboxMessage> channel, DateTimeOffset now)
    {
        var ordered = channel.OrderByDescending(m => m.Urgent).ThenBy(m => m.Number);
        var head = ordered.First();
        return head.NextAttemptAt is { } at && at > now ? null : head;
    }

    /// <summary>Started, Paused and Resumed mean nothing once the exercise was aborted or is all clear.</summary>
    private static async Task DropStaleAsync(GameDayDbContext db, List<OutboxMessage> waiting, CancellationToken ct)
    {
        var fleeting = waiting.Where(m => m.FindingId is null && m.Kind is NoticeKind.Started or NoticeKind.Paused or NoticeKind.Resumed).ToList();
        if (fleeting.Count == 0) return;
        var about = fleeting.Select(m => m.ExerciseId).Distinct().ToList();
        var ends = await db.Outbox.AsNoTracking()
            .Where(m => about.Contains(m.ExerciseId) && m.FindingId == null && (m.Kind == NoticeKind.Aborted || m.Kind == NoticeKind.AllClear))
            .Select(m => new { m.ExerciseId, m.Number }).ToListAsync(ct);
        foreach (var message in fleeting.Where(m => ends.Any(e => e.ExerciseId == m.ExerciseId && e.Number > m.Number)))
            message.Drop("The exercise has ended or was aborted since; it would only confuse.");
    }
}
