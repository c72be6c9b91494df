using GameDay.Data;
using GameDay.Domain.People;
using GameDay.Engine.Control;
using GameDay.Web.Requests;
using MediatR;

namespace GameDay.Web.Features.Exercises;

/// <summary>Asks for review: what the selectors mean now is written down for the approvers.</summary>
public static class SubmitExercise
{
    [Allow(Role.Facilitator)]
    public sealed record Command(Guid Id) : IRequest;

    public sealed class Handler(GameDayDbContext db, RunControl runs, CurrentUser user) : AsyncRequestHandler<Command>
    {
        protected override async Task Handle(Command request, CancellationToken cancellationToken)
        {
            // The cluster is asked before the lock is taken: nothing external inside a transaction.
            var plan = (await db.Exercises.FindOrRefuseAsync(request.Id, cancellationToken)).Plan;
            var resolved = await runs.PreviewTargetsAsync(plan, cancellationToken);
            await using var unit = await db.LockAsync(request.Id, cancellationToken);
            unit.Exercise.Submit(resolved, user.Actor);
            PlanVersions.Keep(db, unit.Exercise, PlanVersions.Submitted, user.Actor);
            await unit.CommitAsync(cancellationToken);
        }
    }
}
