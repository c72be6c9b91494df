using Npgsql;

namespace GameDay.Benchmarks.Stage;

/// <summary>What the product wrote down, read straight from PostgreSQL.</summary>
internal sealed class Records(string connection)
{
    public Task<DateTimeOffset?> InjectingSinceAsync(Guid exercise, CancellationToken ct) => OneAsync("SELECT injected_at FROM runs WHERE exercise_id = $1", exercise, ct);

    public async Task<string> StateAsync(Guid exercise, CancellationToken ct) =>
        (string?)await ScalarAsync("SELECT state || ' ' || coalesce(reason, '') FROM runs WHERE exercise_id = $1", exercise, ct) ?? "no run";

    public async Task<string> OwnerAsync(Guid exercise, CancellationToken ct) => (string?)await ScalarAsync("SELECT coalesce(owner, '') FROM runs WHERE exercise_id = $1", exercise, ct) ?? "";

    public async Task<long> LastEntryAsync(Guid exercise, CancellationToken ct) => (long)(await ScalarAsync("SELECT coalesce(max(seq), 0) FROM timeline WHERE exercise_id = $1", exercise, ct))!;

    /// <summary>Exercises whose timeline numbers are not 1, 2, 3 …</summary>
    public Task<int> GapsAsync(CancellationToken ct) => CountAsync("SELECT count(*) FROM (SELECT 1 FROM timeline GROUP BY exercise_id HAVING count(*) <> max(seq) OR min(seq) <> 1) g", ct);

    public Task<int> UnendedRunsAsync(CancellationToken ct) => CountAsync("SELECT count(*) FROM runs WHERE state NOT IN ('Planned', 'Done', 'Refused', 'NotRecovered', 'Skipped', 'Cancelled')", ct);

    private async Task<int> CountAsync(string sql, CancellationToken ct) => (int)(long)(await ScalarAsync(sql, null, ct))!;

    private async Task<DateTimeOffset?> OneAsync(string sql, Guid exercise, CancellationToken ct) =>
        await ScalarAsync(sql, exercise, ct) is DateTime at ? new DateTimeOffset(at, TimeSpan.Zero) : null;

    private async Task<object?> ScalarAsync(string sql, Guid? exercise, CancellationToken ct)
    {
        await using var db = new NpgsqlConnection(connection);
        await db.OpenAsync(ct);
        await using var command = new NpgsqlCommand(sql, db);
        if (exercise is { } id) command.Parameters.AddWithValue(id);
        return await command.ExecuteScalarAsync(ct) is { } value and not DBNull ? value : null;
    }
}
