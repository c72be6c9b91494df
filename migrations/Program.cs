using GameDay.Migrations;

var connection = args.Length > 0 ? args[0] : Environment.GetEnvironmentVariable("ConnectionStrings__GameDay");
if (string.IsNullOrWhiteSpace(connection))
{
    await Console.Error.WriteLineAsync("No database is named. Set ConnectionStrings__GameDay, e.g. Host=db;Database=gameday;Username=gameday.");
    return 2;
}
try
{
    var applied = await DatabaseMigrator.ApplyAsync(connection);
    Console.WriteLine(applied.Count == 0 ? "The database is up to date." : $"Applied {string.Join(", ", applied)}.");
    return 0;
}
catch (Npgsql.NpgsqlException e)
{
    await Console.Error.WriteLineAsync($"The database could not be migrated: {e.Message}");
    return 4;
}
