using GameDay.Data;
using GameDay.Domain;
using GameDay.Domain.People;
using GameDay.Web.Requests;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Web.Features.Incidents;

/// <summary>The incident is over; faults may start again.</summary>
public static class CloseIncident
{
    [Allow(Role.Facilitator | Role.Administrator)]
    public sealed record Command(Guid Id) : IRequest;

    public sealed class Handler(GameDayDbContext db, CurrentUser user, TimeProvider clock) : AsyncRequestHandler<Command>
    {
        protected override async Task Handle(Command request, CancellationToken cancellationToken)
        {
            var incident = await db.Incidents.SingleOrDefaultAsync(i => i.Id == request.Id, cancellationToken) ?? throw new RuleBroken("NotFound", "There is no such incident. Reload the page.");
            incident.Close(user.Name, clock.GetUtcNow());
            db.Audit.Add(new AuditEntry(user.Name, "incident closed", incident.Title, before: "open", after: "closed"));
            await db.SaveChangesAsync(cancellationToken);
        }
    }
}
