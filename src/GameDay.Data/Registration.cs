using System.Data.Common;
using GameDay.Data.Keys;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace GameDay.Data;

public static class Registration
{
    /// <summary>
    /// Registers the data source, a pooled factory of <see cref="GameDayDbContext"/>, one context per scope and the key ring.
    /// </summary>
    /// <param name="connectionString">Npgsql's form; a directory as Host is a unix socket.</param>
    public static IServiceCollection AddGameDayData(this IServiceCollection services, string connectionString)
    {
        services.AddSingleton(_ => NpgsqlDataSource.Create(connectionString));
        services.AddSingleton<DbDataSource>(s => s.GetRequiredService<NpgsqlDataSource>());
        services.AddPooledDbContextFactory<GameDayDbContext>((s, o) => Configure(o, s.GetRequiredService<NpgsqlDataSource>()));
        services.AddScoped(s => s.GetRequiredService<IDbContextFactory<GameDayDbContext>>().CreateDbContext());
        services.AddSingleton<DatabaseKeyRing>();
        services.AddOptions<KeyManagementOptions>().Configure<DatabaseKeyRing>((o, ring) => o.XmlRepository = ring);
        return services;
    }

    public static void Configure(DbContextOptionsBuilder options, NpgsqlDataSource source) =>
        options.UseNpgsql(source, n => n.MigrationsAssembly("GameDay.Migrations").ExecutionStrategy(d => new RetryReads(d)));
}
