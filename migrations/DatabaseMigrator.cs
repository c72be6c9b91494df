using GameDay.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace GameDay.Migrations;

/// <summary>Brings a database to this version: GameDay's tables by EF migrations, then Quartz' own.</summary>
public static class DatabaseMigrator
{
    /// <returns>What was applied; empty when it was up to date. Safe to run twice and from several nodes at once.</returns>
    public static async Task<IReadOnlyList<string>> ApplyAsync(string connectionString, CancellationToken ct = default)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var db = Open(source);
        var pending = (await db.Database.GetPendingMigrationsAsync(ct)).ToList();
        // EF takes an advisory lock around it, so a second node waits and then finds nothing to do.
        await db.Database.MigrateAsync(ct);
        if (await QuartzTables.CreateIfMissingAsync(source, ct)) pending.Add("Quartz tables");
        return pending;
    }

    public static GameDayDbContext Open(NpgsqlDataSource source)
    {
        var options = new DbContextOptionsBuilder<GameDayDbContext>();
        Registration.Configure(options, source);
        return new GameDayDbContext(options.Options);
    }
}
