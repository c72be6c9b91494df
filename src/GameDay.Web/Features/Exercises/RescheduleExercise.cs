using GameDay.Data;
using GameDay.Domain.People;
using GameDay.Web.Requests;
using MediatR;

namespace GameDay.Web.Features.Exercises;

/// <summary>Gives a postponed exercise a new date.</summary>
public static class RescheduleExercise
{
    [Allow(Role.Facilitator)]
    public sealed record Command(Guid Id, DateTimeOffset StartsAt, DateTimeOffset? EndsAt) : IRequest;

    public sealed class Handler(GameDayDbContext db, CurrentUser user) : AsyncRequestHandler<Command>
    {
        protected override async Task Handle(Command request, CancellationToken cancellationToken)
        {
            await using var unit = await db.LockAsync(request.Id, cancellationToken);
            unit.Exercise.Reschedule(request.StartsAt, request.EndsAt, user.Actor);
            await unit.CommitAsync(cancellationToken);
        }
    }
}
