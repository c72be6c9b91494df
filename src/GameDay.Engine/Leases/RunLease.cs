using GameDay.Data;
using GameDay.Domain.Experiments;
using Npgsql;

namespace GameDay.Engine.Leases;

/// <summary>
/// Ownership of one run: renewed every 2 s, expiring after 6 s of the database clock. Every journal write carries its epoch.
/// The age is our own monotonic clock since the last renewal was asked for, so a paused process notices by itself.
/// </summary>
internal sealed class RunLease(NpgsqlDataSource source, EngineOptions options, TimeProvider clock, Guid runId, long epoch) : IAsyncDisposable
{
    private const string Renew = "UPDATE runs SET lease_until = clock_timestamp() + $3 WHERE id = $1 AND epoch = $2 RETURNING state";

    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Signal _soon = new();
    private long _renewed = clock.GetTimestamp();
    private Task _keeping = Task.CompletedTask;

    public Guid RunId => runId;
    public long Epoch => epoch;
    /// <summary>Cancelled once somebody else holds the run.</summary>
    public CancellationToken Lost => _lost.Token;
    public TimeSpan Age => clock.GetElapsedTime(Volatile.Read(ref _renewed));

    /// <param name="seen">Told the run's recorded state with each renewal: another node may have aborted it.</param>
    public void Keep(Action<RunState> seen) => _keeping = KeepAsync(seen);

    /// <summary>Something about the exercise changed: look now instead of at the next turn.</summary>
    public void RenewSoon() => _soon.Pulse();

    /// <returns>The recorded state; null when the database did not answer. A lease that is gone cancels <see cref="Lost"/>.</returns>
    public async Task<RunState?> TryRenewAsync(CancellationToken ct)
    {
        var asked = clock.GetTimestamp();
        try
        {
            await using var command = source.CreateCommand(Renew);
            command.CommandTimeout = 3;
            command.Parameters.AddWithValue(runId);
            command.Parameters.AddWithValue(epoch);
            command.Parameters.AddWithValue(options.LeaseFor);
            if (await command.ExecuteScalarAsync(ct) is string state)
            {
                Volatile.Write(ref _renewed, asked);
                return Enum.Parse<RunState>(state);
            }
            await _lost.CancelAsync();
            return null;
        }
        catch (Exception e) when (ExerciseLock.IsConnectionLoss(e))
        {
            return null;
        }
    }

    /// <summary>Hands the run to whoever claims it next, at once.</summary>
    public async Task ReleaseAsync(CancellationToken ct)
    {
        await using var command = source.CreateCommand("UPDATE runs SET lease_until = clock_timestamp(), owner = NULL WHERE id = $1 AND epoch = $2");
        command.Parameters.AddWithValue(runId);
        command.Parameters.AddWithValue(epoch);
        await command.ExecuteNonQueryAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _keeping;
        _stop.Dispose();
        _lost.Dispose();
    }

    private async Task KeepAsync(Action<RunState> seen)
    {
        try
        {
            while (!_lost.IsCancellationRequested)
            {
                await _soon.WaitAsync(options.RenewEvery, _stop.Token);
                if (await TryRenewAsync(_stop.Token) is { } state) seen(state);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The journey ended; the lease is released or left to expire by its owner.
        }
    }
}

/// <summary>Somebody else holds the run now; whatever we wanted to write is theirs to write.</summary>
internal sealed class LeaseLost(Guid runId) : Exception($"The lease of run {runId} was lost.");
