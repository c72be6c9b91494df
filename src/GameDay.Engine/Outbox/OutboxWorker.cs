using GameDay.Data;
using GameDay.Domain.Exercises;
using GameDay.Domain.Plugins;
using GameDay.Engine.Live;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GameDay.Engine.Outbox;

/// <summary>The only caller of notifiers and trackers. At least once: after an answer that was lost it looks the message up before sending again.</summary>
internal sealed partial class OutboxWorker(
    OutboxClaims claims, NoticeSender notices, IssueFiler issues, IDbContextFactory<GameDayDbContext> databases, LiveFeed feed, TimeProvider clock, ILogger<OutboxWorker> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private readonly Signal _wake = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var heard = feed.Subscribe((_, _) => _wake.Pulse());
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var next = await claims.NextAsync(stoppingToken);
                await Task.WhenAll(next.Select(m => SendAsync(m, stoppingToken)));
                if (next.Count == 0) await _wake.WaitAsync(LookEvery, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Stuck(e.Message);
                await Task.Delay(LookEvery, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task SendAsync(OutboxMessage message, CancellationToken ct)
    {
        Action<OutboxMessage> outcome;
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
            patience.CancelAfter(TimeSpan.FromSeconds(20));
            outcome = message.FindingId is null ? await notices.SendAsync(message, patience.Token) : await issues.FileAsync(message, patience.Token);
        }
        catch (VendorRefused refusal)
        {
            outcome = m => m.Failed(refusal.Message);
            if (message.FindingId is not null) await issues.FailedAsync(message, refusal.Message, CancellationToken.None);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Whoever starts next looks it up at once instead of waiting for this attempt's time to run out.
            outcome = m => m.RetryAt(clock.GetUtcNow(), "interrupted");
        }
        catch (Exception e)
        {
            NotSent(e, message.Id);
            var again = clock.GetUtcNow() + Pause(message.Attempts);
            outcome = m => m.RetryAt(again, e.Message);
            if (message.FindingId is not null) await issues.DelayedAsync(message, e.Message, CancellationToken.None);
        }
        await WriteAsync(message.Id, outcome);
    }

    /// <summary>What was sent is written down even while the process ends.</summary>
    private async Task WriteAsync(Guid id, Action<OutboxMessage> outcome)
    {
        await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
        outcome(await db.Outbox.SingleAsync(m => m.Id == id));
        await db.SaveChangesAsync();
    }

    private static TimeSpan Pause(int attempts)
    {
        var pause = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(attempts - 1, 10)));
        return pause < LongestPause ? pause : LongestPause;
    }

    [LoggerMessage(LogLevel.Warning, "Message {Message} was not sent; it is tried again")]
    private partial void NotSent(Exception e, Guid message);

    [LoggerMessage(LogLevel.Warning, "The outbox waits: {Problem}")]
    private partial void Stuck(string problem);
}
