using Npgsql;

namespace GameDay.Migrations;

/// <summary>Quartz' tables from the script inside its own package, so that they always fit its version.</summary>
internal static class QuartzTables
{
    private const string Script = "create_postgres.sql";

    public static async Task<bool> CreateIfMissingAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await Say(connection, "SELECT pg_advisory_xact_lock(hashtext('gameday-quartz'))").ExecuteNonQueryAsync(ct);
        if (await Say(connection, "SELECT to_regclass('qrtz_job_details')::text").ExecuteScalarAsync(ct) is string) return false;
        await Say(connection, await ReadScriptAsync(ct)).ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    private static NpgsqlCommand Say(NpgsqlConnection connection, string sql) => new(sql, connection);

    private static async Task<string> ReadScriptAsync(CancellationToken ct)
    {
        var assembly = typeof(Quartz.IJob).Assembly;
        var name = assembly.GetManifestResourceNames().Single(n => n.EndsWith(Script, StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        // {0} is the table prefix, {1} the same without a schema.
        return (await reader.ReadToEndAsync(ct)).Replace("{0}", "qrtz_", StringComparison.Ordinal).Replace("{1}", "qrtz_", StringComparison.Ordinal);
    }
}
