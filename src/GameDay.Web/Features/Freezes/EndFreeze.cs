using GameDay.Data;
using GameDay.Domain;
using GameDay.Domain.People;
using GameDay.Web.Requests;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Web.Features.Freezes;

/// <summary>Ends a freeze now, or takes it back before it begins.</summary>
public static class EndFreeze
{
    [Allow(Role.Facilitator | Role.Administrator)]
    public sealed record Command(Guid Id) : IRequest;

    public sealed class Handler(GameDayDbContext db, CurrentUser user, TimeProvider clock) : AsyncRequestHandler<Command>
    {
        protected override async Task Handle(Command request, CancellationToken cancellationToken)
        {
            var freeze = await db.Freezes.SingleOrDefaultAsync(f => f.Id == request.Id, cancellationToken) ?? throw new RuleBroken("NotFound", "There is no such freeze. Reload the page.");
            var before = $"{freeze.From:u} to {freeze.To:u}";
            freeze.End(clock.GetUtcNow());
            db.Audit.Add(new AuditEntry(user.Name, "freeze ended", freeze.Name, before, $"{freeze.From:u} to {freeze.To:u}"));
            await db.SaveChangesAsync(cancellationToken);
        }
    }
}
