using Npgsql;

namespace GameDay.Web.Hosting;

/// <summary>Whose objects these are in every cluster: made once by the first migration.</summary>
public static class InstallationRow
{
    private const string Query = "SELECT installation_id FROM installation";

    /// <summary>Asked for once, when the first cluster is.</summary>
    public static string Read(NpgsqlDataSource source)
    {
        using var command = source.CreateCommand(Query);
        return Found(command.ExecuteScalar());
    }

    public static async Task<string> ReadAsync(string connection, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(Query);
        return Found(await command.ExecuteScalarAsync(ct));
    }

    private static string Found(object? id) => id as string ?? throw new InvalidOperationException("The database has no installation row: apply the migrations first.");
}
