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
        var present = await db.People.ToListAsync(cancellationToken);
        if (options.DemoSignIns) db.People.AddRange(DemoPeople.All.Where(d => present.All(p => p.Id != d.Id)));
        else db.People.RemoveRange(present.Where(p => p.IsDemo));
        await db.SaveChangesAsync(cancellationToken);
        if (options.DemoSignIns || present.Any(p => !p.IsDemo && p.Roles.HasFlag(Role.Administrator))) return;
        log.LogWarning("Nobody can sign in yet. Make the first administrator here, once: /first-administrator?key={Key}", link.Open());
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
