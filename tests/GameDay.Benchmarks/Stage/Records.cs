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

    private async Task<DateTimeOffset?> OneAsync(string sql, Guid exercise, CancellationToken ct)
    {
        await using var db = new NpgsqlConnection(connection);
        await db.OpenAsync(ct);
        await using var command = new NpgsqlCommand(sql, db);
        command.Parameters.AddWithValue(exercise);
        return await command.ExecuteScalarAsync(ct) is DateTime at ? new DateTimeOffset(at, TimeSpan.Zero) : null;
    }
}
