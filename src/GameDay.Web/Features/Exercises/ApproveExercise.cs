using GameDay.Data;
using GameDay.Domain.People;
using GameDay.Web.Requests;
using MediatR;

namespace GameDay.Web.Features.Exercises;

/// <summary>Approves the plan the approver's page showed; an announcement goes out.</summary>
public static class ApproveExercise
{
    [Allow(Role.Approver)]
    public sealed record Command(Guid Id, string SeenHash, string? Comment) : IRequest;

    public sealed class Handler(GameDayDbContext db, CurrentUser user, TimeProvider clock) : AsyncRequestHandler<Command>
    {
        protected override async Task Handle(Command request, CancellationToken cancellationToken)
        {
            await using var unit = await db.LockAsync(request.Id, cancellationToken);
            unit.Exercise.Approve(request.SeenHash, request.Comment, user.Actor, clock.GetUtcNow());
            PlanVersions.Keep(db, unit.Exercise, PlanVersions.Approved, user.Actor);
            await unit.CommitAsync(cancellationToken);
        }
    }
}
