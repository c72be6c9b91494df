using GameDay.Domain.Experiments;
using Npgsql;

namespace GameDay.Engine.Probes;

/// <summary>Writes readings in one statement per batch, outside the timeline; twice is harmless, another owner's epoch writes nothing.</summary>
internal sealed class SampleWriter(NpgsqlDataSource source)
{
    private const string Insert = """
        INSERT INTO probe_samples (run_id, probe, at, value, in_tolerance, problem)
        SELECT $1, * FROM unnest($3::text[], $4::timestamptz[], $5::float8[], $6::bool[], $7::text[])
        WHERE EXISTS (SELECT 1 FROM runs WHERE id = $1 AND epoch = $2)
        ON CONFLICT DO NOTHING
        """;

    public async Task WriteAsync(Guid runId, long epoch, IReadOnlyList<ProbeSample> samples, CancellationToken ct)
    {
        if (samples.Count == 0) return;
        await using var command = source.CreateCommand(Insert);
        command.Parameters.AddWithValue(runId);
        command.Parameters.AddWithValue(epoch);
        command.Parameters.AddWithValue(samples.Select(s => s.Probe).ToArray());
        command.Parameters.AddWithValue(samples.Select(s => s.At.UtcDateTime).ToArray());
        command.Parameters.AddWithValue(samples.Select(s => s.Value).ToArray());
        command.Parameters.AddWithValue(samples.Select(s => s.InTolerance).ToArray());
        command.Parameters.AddWithValue(samples.Select(s => s.Problem).ToArray());
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Tells pages that there is something new to draw.</summary>
    public async Task TellAsync(Guid exerciseId, CancellationToken ct)
    {
        await using var command = source.CreateCommand("SELECT pg_notify('gameday', id || ':' || last_seq) FROM exercises WHERE id = $1");
        command.Parameters.AddWithValue(exerciseId);
        await command.ExecuteNonQueryAsync(ct);
    }
}
