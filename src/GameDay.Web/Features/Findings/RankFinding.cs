using GameDay.Data;
using GameDay.Domain.Findings;
using GameDay.Domain.People;
using GameDay.Web.Requests;
using MediatR;

namespace GameDay.Web.Features.Findings;

/// <summary>Severity × likelihood sets the priority.</summary>
public static class RankFinding
{
    [Allow(Role.Responder | Role.Approver | Role.Facilitator | Role.Administrator)]
    public sealed record Command(Guid FindingId, Severity Severity, Likelihood Likelihood) : IRequest;

    public sealed class Handler(GameDayDbContext db) : AsyncRequestHandler<Command>
    {
        protected override async Task Handle(Command request, CancellationToken cancellationToken)
        {
            var finding = await db.Findings.FindOrRefuseAsync(request.FindingId, cancellationToken);
            finding.Rank(request.Severity, request.Likelihood);
            await db.SaveChangesAsync(cancellationToken);
        }
    }
}
