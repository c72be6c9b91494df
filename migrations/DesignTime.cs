using GameDay.Data;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace GameDay.Migrations;

/// <summary>For <c>dotnet ef migrations add NAME --project migrations</c>; it never connects.</summary>
internal sealed class DesignTime : IDesignTimeDbContextFactory<GameDayDbContext>
{
    public GameDayDbContext CreateDbContext(string[] args) => DatabaseMigrator.Open(NpgsqlDataSource.Create("Host=/nowhere;Username=gameday;Database=gameday"));
}
