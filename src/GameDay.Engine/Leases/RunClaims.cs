using Npgsql;

namespace GameDay.Engine.Leases;

/// <param name="Unattended">Time since the previous owner last renewed; null when nobody ever owned it.</param>
internal sealed record ClaimedRun(Guid RunId, Guid ExerciseId, long Epoch, string? PreviousOwner, TimeSpan? Unattended);

/// <summary>Takes runs that nobody owns, one row at a time; two nodes never get the same one.</summary>
internal sealed class RunClaims(NpgsqlDataSource source, EngineOptions options)
{
    private const string Claim = """
        WITH free AS (
            SELECT id, lease_until, owner FROM runs
            WHERE state NOT IN ('Planned', 'Done', 'Refused', 'NotRecovered', 'Skipped', 'Cancelled')
              AND (lease_until IS NULL OR lease_until < clock_timestamp())
            ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
        UPDATE runs SET owner = $1, epoch = epoch + 1, lease_until = clock_timestamp() + $2
        FROM free WHERE runs.id = free.id
        RETURNING runs.id, runs.exercise_id, runs.epoch, free.owner, clock_timestamp() - free.lease_until + $2
        """;

    /// <returns>Null when no run is free.</returns>
    public async Task<ClaimedRun?> NextAsync(CancellationToken ct)
    {
        await using var command = source.CreateCommand(Claim);
        command.Parameters.AddWithValue(options.Node);
        command.Parameters.AddWithValue(options.LeaseFor);
        await using var row = await command.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct)) return null;
        var owner = await row.IsDBNullAsync(3, ct) ? null : row.GetString(3);
        TimeSpan? since = await row.IsDBNullAsync(4, ct) ? null : row.GetTimeSpan(4);
        return new ClaimedRun(row.GetGuid(0), row.GetGuid(1), row.GetInt64(2), owner, since);
    }
}
