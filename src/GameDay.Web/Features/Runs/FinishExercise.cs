using GameDay.Domain.People;
using GameDay.Engine.Control;
using GameDay.Web.Requests;
using MediatR;

namespace GameDay.Web.Features.Runs;

/// <summary>Winding down: no further experiment starts; steady state is measured for the all clear.</summary>
public static class FinishExercise
{
    [Allow(Role.Facilitator | Role.Administrator)]
    public sealed record Command(Guid ExerciseId) : IRequest;

    public sealed class Handler(ExerciseControl exercises, CurrentUser user) : AsyncRequestHandler<Command>
    {
        protected override Task Handle(Command request, CancellationToken cancellationToken) =>
            exercises.FinishAsync(request.ExerciseId, user.Actor, cancellationToken);
    }
}
