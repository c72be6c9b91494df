using GameDay.Domain.People;
using GameDay.Engine.Control;
using GameDay.Web.Requests;
using MediatR;

namespace GameDay.Web.Features.Runs;

/// <summary>Given only when the sweep finds nothing and the system was steady long enough; refused with what is left otherwise.</summary>
public static class GiveAllClear
{
    [Allow(Role.Facilitator | Role.Administrator)]
    public sealed record Command(Guid ExerciseId) : IRequest;

    public sealed class Handler(ExerciseControl exercises, CurrentUser user) : AsyncRequestHandler<Command>
    {
        protected override Task Handle(Command request, CancellationToken cancellationToken) =>
            exercises.AllClearAsync(request.ExerciseId, user.Actor, cancellationToken);
    }
}
