using System.Collections.Concurrent;
using System.Data;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using GameDay.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GameDay.Engine.Live;

/// <summary>
/// Tells this process which exercise moved and how far its timeline reaches. One dedicated connection listens, catches up after it was
/// lost, and a poll every 5 s stands behind it. Subscribers read what is new themselves (<c>seq &gt; last</c>).
/// </summary>
public sealed partial class LiveFeed(NpgsqlDataSource source, TimeProvider clock, ILogger<LiveFeed> log) : BackgroundService
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AfterLoss = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<Guid, long> _reached = [];
    private readonly ConcurrentDictionary<object, Action<Guid, long>> _subscribers = [];
    private DateTimeOffset _since;

    /// <summary>Called for every exercise that moved, on a thread of the feed: return quickly. Dispose to stop.</summary>
    public IDisposable Subscribe(Action<Guid, long> heard)
    {
        var key = new object();
        _subscribers[key] = heard;
        return new Subscription(() => _subscribers.TryRemove(key, out _));
    }

    /// <summary>Called when this exercise moved, or when its readings did (then the number is the same as before).</summary>
    public IDisposable Subscribe(Guid exerciseId, Action<long> heard) => Subscribe((id, seq) => { if (id == exerciseId) heard(seq); });

    /// <summary>The timeline's reach each time it changed; several changes may come as one.</summary>
    public async IAsyncEnumerable<long> FollowAsync(Guid exerciseId, [EnumeratorCancellation] CancellationToken ct)
    {
        var latest = Channel.CreateBounded<long>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        using var heard = Subscribe(exerciseId, seq => latest.Writer.TryWrite(seq));
        await foreach (var seq in latest.Reader.ReadAllAsync(ct)) yield return seq;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _since = clock.GetUtcNow() - PollEvery;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            // Whatever broke, pages and engine go on hearing: a feed that ends would end the process.
            catch (Exception e)
            {
                Deaf(e.Message);
                await Task.Delay(AfterLoss, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        var settings = new NpgsqlConnectionStringBuilder(source.ConnectionString) { Pooling = false, KeepAlive = 5 };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        connection.Notification += (_, n) => Hear(n.Payload);
        await connection.OpenAsync(ct);
        await using (var listen = new NpgsqlCommand($"LISTEN {GameDayDbContext.Channel}", connection)) await listen.ExecuteNonQueryAsync(ct);
        // A wait that was cancelled at the wrong moment may have cost the connection: then listen on another.
        while (connection.State == ConnectionState.Open)
        {
            await CatchUpAsync(connection, ct);
            using var poll = CancellationTokenSource.CreateLinkedTokenSource(ct);
            poll.CancelAfter(PollEvery);
            try
            {
                while (true) await connection.WaitAsync(poll.Token);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                // Time to look for what was never heard.
            }
        }
    }

    /// <summary>What moved since the last look, heard of or not.</summary>
    private async Task CatchUpAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var moved = new List<(Guid, long)>();
        await using (var command = new NpgsqlCommand("SELECT exercise_id, max(seq), clock_timestamp() FROM timeline WHERE at > $1 GROUP BY exercise_id", connection))
        {
            command.Parameters.AddWithValue((_since - PollEvery).UtcDateTime);
            await using var rows = await command.ExecuteReaderAsync(ct);
            while (await rows.ReadAsync(ct))
            {
                moved.Add((rows.GetGuid(0), rows.GetInt64(1)));
                _since = rows.GetFieldValue<DateTimeOffset>(2);
            }
        }
        foreach (var (id, seq) in moved)
            if (_reached.GetValueOrDefault(id) < seq) Tell(id, seq);
    }

    private void Hear(string payload)
    {
        var colon = payload.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && Guid.TryParse(payload[..colon], out var id) && long.TryParse(payload[(colon + 1)..], out var seq)) Tell(id, seq);
    }

    private void Tell(Guid id, long seq)
    {
        _reached.AddOrUpdate(id, seq, (_, known) => Math.Max(known, seq));
        foreach (var heard in _subscribers.Values)
        {
            try
            {
                heard(id, seq);
            }
            // One page's trouble is not the others'.
            catch (Exception e)
            {
                SubscriberBroke(e, id);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Not listening to the database: {Problem}")]
    private partial void Deaf(string problem);

    [LoggerMessage(LogLevel.Error, "A listener of exercise {Exercise} broke")]
    private partial void SubscriberBroke(Exception e, Guid exercise);

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
