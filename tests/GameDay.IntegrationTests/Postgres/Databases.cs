using GameDay.Data;
using GameDay.IntegrationTests.Postgres;
using GameDay.Migrations;
using Microsoft.EntityFrameworkCore;
using Npgsql;

[assembly: AssemblyFixture(typeof(Databases))]

namespace GameDay.IntegrationTests.Postgres;

/// <summary>One cluster for the whole run; each test class gets its own database from a migrated template (60 ms).</summary>
public sealed class Databases : IAsyncLifetime
{
    private const string Template = "gameday_template";
    private readonly SemaphoreSlim _one = new(1, 1);
    private int _number;

    public PostgresCluster Cluster { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Cluster.StartAsync();
        await Cluster.ExecuteAsync("postgres", $"CREATE DATABASE {Template}");
        await DatabaseMigrator.ApplyAsync(Cluster.ConnectionString(Template) + ";Pooling=false");
    }

    /// <returns>A connection string to a fresh, migrated database.</returns>
    public async Task<string> CreateAsync()
    {
        await _one.WaitAsync();
        try
        {
            var name = $"t{++_number}";
            await Cluster.ExecuteAsync("postgres", $"CREATE DATABASE {name} TEMPLATE {Template}");
            return Cluster.ConnectionString(name);
        }
        finally
        {
            _one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await Cluster.DisposeAsync();
        _one.Dispose();
    }
}

/// <summary>The database of one test class: take it as <c>IClassFixture&lt;Database&gt;</c>.</summary>
public sealed class Database(Databases all) : IAsyncLifetime
{
    public string ConnectionString { get; private set; } = "";
    public NpgsqlDataSource Source { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        ConnectionString = await all.CreateAsync();
        Source = NpgsqlDataSource.Create(ConnectionString);
    }

    public GameDayDbContext Open()
    {
        var options = new DbContextOptionsBuilder<GameDayDbContext>();
        Registration.Configure(options, Source);
        return new GameDayDbContext(options.Options);
    }

    public async ValueTask DisposeAsync() => await Source.DisposeAsync();
}
