using Npgsql;

namespace GameDay.Benchmarks.Stage;

/// <summary>What the product wrote down, read straight from PostgreSQL.</summary>
internal sealed class Records(string connection)
{
    public Task<DateTimeOffset?> InjectingSinceAsync(Guid exercise, CancellationToken ct) => OneAsync("SELECT injected_at FROM runs WHERE exercise_id = $1", exercise, ct);

    public async Task<string> StateAsync(Guid exercise, CancellationToken ct)
    {
        await using var db = new NpgsqlConnection(connection);
        await db.OpenAsync(ct);
        await using var command = new NpgsqlCommand("SELECT r.state || ' ' || coalesce(r.reason, '') FROM runs r WHERE r.exercise_id = $1", db);
        command.Parameters.AddWithValue(exercise);
        return (string?)await command.ExecuteScalarAsync(ct) ?? "no run";
    }

    /// <summary>Exercises whose timeline numbers are not 1, 2, 3 …</summary>
    public Task<int> GapsAsync(CancellationToken ct) => CountAsync("SELECT count(*) FROM (SELECT 1 FROM timeline GROUP BY exercise_id HAVING count(*) <> max(seq) OR min(seq) <> 1) g", ct);

    public Task<int> UnendedRunsAsync(CancellationToken ct) => CountAsync("SELECT count(*) FROM runs WHERE state NOT IN ('Planned', 'Done', 'Refused', 'NotRecovered', 'Skipped', 'Cancelled')", ct);

    private async Task<int> CountAsync(string sql, CancellationToken ct)
    {
        await using var db = new NpgsqlConnection(connection);
        await db.OpenAsync(ct);
        await using var command = new NpgsqlCommand(sql, db);
        return (int)(long)(await command.ExecuteScalarAsync(ct))!;
    }

    private async Task<DateTimeOffset?> OneAsync(string sql, Guid exercise, CancellationToken ct)
    {
        await using var db = new NpgsqlConnection(connection);
        await db.OpenAsync(ct);
        await using var command = new NpgsqlCommand(sql, db);
        command.Parameters.AddWithValue(exercise);
        return await command.ExecuteScalarAsync(ct) is DateTime at ? new DateTimeOffset(at, TimeSpan.Zero) : null;
    }
}
