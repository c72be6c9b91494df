using GameDay.Data;
using GameDay.Domain.Findings;
using GameDay.Domain.People;
using GameDay.Web.Requests;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Web.Features.Reports;

/// <summary>Publishes the report; refused while a finding is not ranked.</summary>
public static class PublishReport
{
    [Allow(Role.Facilitator | Role.Administrator)]
    public sealed record Command(Guid ExerciseId) : IRequest;

    public sealed class Handler(GameDayDbContext db, CurrentUser user) : AsyncRequestHandler<Command>
    {
        protected override async Task Handle(Command request, CancellationToken cancellationToken)
        {
            await using var unit = await db.LockAsync(request.ExerciseId, cancellationToken);
            var untriaged = await db.Findings.CountAsync(f => f.ExerciseId == request.ExerciseId && f.Kind == FindingKind.Weakness && (f.Severity == null || f.Likelihood == null), cancellationToken);
            unit.Exercise.Publish(user.Actor, untriaged);
            await unit.CommitAsync(cancellationToken);
        }
    }
}
