using GameDay.Data;
using GameDay.Domain.People;
using GameDay.Web.Hosting;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Web.Security;

/// <summary>At start: demo people come with the sandbox and go with the first real cluster; without anybody, a one-time link makes the first administrator.</summary>
public sealed class FirstPeople(IServiceScopeFactory scopes, WebOptions options, SetupLink link, ILogger<FirstPeople> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<GameDayDbContext>();
        // Replicas start together: one of them makes the people, the others find them.
        await using var alone = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext('gameday-people'))", cancellationToken);
        var present = await db.People.ToListAsync(cancellationToken);
        db.People.RemoveRange(present.Where(p => p.IsDemo && !(options.DemoSignIns && IsAsShipped(p))));
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
        if (options.DemoSignIns) db.People.AddRange(DemoPeople.All.Where(d => !present.Any(p => p.Id == d.Id && IsAsShipped(p))));
        await db.SaveChangesAsync(cancellationToken);
        await alone.CommitAsync(cancellationToken);
        if (options.DemoSignIns || present.Any(p => !p.IsDemo && p.Roles.HasFlag(Role.Administrator))) return;
        log.LogWarning("Nobody can sign in yet. Make the first administrator here, once: /first-administrator?key={Key}", link.Open());
    }

    private static bool IsAsShipped(Person person) => DemoPeople.All.Any(d => d.Id == person.Id && d.Roles == person.Roles && d.Name == person.Name);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
