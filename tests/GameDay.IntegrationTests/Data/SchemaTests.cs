using GameDay.IntegrationTests.Postgres;
using GameDay.Migrations;
using Microsoft.EntityFrameworkCore;
using Shouldly;

namespace GameDay.IntegrationTests.Data;

public sealed class SchemaTests(Database database) : IClassFixture<Database>
{
    [Fact]
    public void The_migrations_say_what_the_model_says()
    {
        using var db = database.Open();
        db.Database.HasPendingModelChanges().ShouldBeFalse("run: dotnet ef migrations add NAME --project migrations");
    }

    [Fact]
    public async Task Migrating_twice_changes_nothing() => (await DatabaseMigrator.ApplyAsync(database.ConnectionString)).ShouldBeEmpty();

    [Fact]
    public async Task An_installation_knows_its_id_from_the_start()
    {
        await using var db = database.Open();
        Guid.TryParse((await db.Installations.SingleAsync()).InstallationId, out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Quartz_finds_its_tables()
    {
        await using var command = database.Source.CreateCommand("SELECT count(*) FROM qrtz_triggers");
        (await command.ExecuteScalarAsync()).ShouldBe(0L);
    }
}
