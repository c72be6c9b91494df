using GameDay.Data;
using GameDay.Domain.People;
using GameDay.Web.Requests;
using MediatR;

namespace GameDay.Web.Features.Runs;

/// <summary>Nothing new starts; what runs goes on to its end.</summary>
public static class PauseExercise
{
    [Allow(Role.Facilitator | Role.Administrator)]
    public sealed record Command(Guid ExerciseId, string? Reason = null) : IRequest;

    public sealed class Handler(GameDayDbContext db, CurrentUser user) : AsyncRequestHandler<Command>
    {
        protected override async Task Handle(Command request, CancellationToken cancellationToken)
        {
            await using var unit = await db.LockAsync(request.ExerciseId, cancellationToken);
            unit.Exercise.Pause(request.Reason, user.Actor);
            await unit.CommitAsync(cancellationToken);
        }
    }
}
