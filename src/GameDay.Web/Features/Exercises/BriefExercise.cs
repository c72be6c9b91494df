using GameDay.Data;
using GameDay.Domain.People;
using GameDay.Web.Requests;
using MediatR;

namespace GameDay.Web.Features.Exercises;

/// <summary>Opens the briefing.</summary>
public static class BriefExercise
{
    [Allow(Role.Facilitator)]
    public sealed record Command(Guid Id) : IRequest;

    public sealed class Handler(GameDayDbContext db, CurrentUser user) : AsyncRequestHandler<Command>
    {
        protected override async Task Handle(Command request, CancellationToken cancellationToken)
        {
            await using var unit = await db.LockAsync(request.Id, cancellationToken);
            unit.Exercise.Brief(user.Actor);
            await unit.CommitAsync(cancellationToken);
        }
    }
}
