using GameDay.Data;
using GameDay.Domain.People;
using GameDay.Web.Requests;
using MediatR;

namespace GameDay.Web.Features.Runs;

/// <summary>Experiments may start again.</summary>
public static class ResumeExercise
{
    [Allow(Role.Facilitator | Role.Administrator)]
    public sealed record Command(Guid ExerciseId) : IRequest;

    public sealed class Handler(GameDayDbContext db, CurrentUser user) : AsyncRequestHandler<Command>
    {
        protected override async Task Handle(Command request, CancellationToken cancellationToken)
        {
            await using var unit = await db.LockAsync(request.ExerciseId, cancellationToken);
            unit.Exercise.Resume(user.Actor);
            await unit.CommitAsync(cancellationToken);
        }
    }
}
