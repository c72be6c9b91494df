using GameDay.Domain.People;
using GameDay.Engine.Control;
using GameDay.Web.Requests;
using MediatR;

namespace GameDay.Web.Features.Runs;

/// <summary>The signed way out where no all clear can be given: the exercise ends as a real incident, with a name and a reason.</summary>
public static class SignOverLeak
{
    [Allow(Role.Facilitator | Role.Administrator)]
    public sealed record Command(Guid ExerciseId, string? Reason) : IRequest;

    public sealed class Handler(ExerciseControl exercises, CurrentUser user) : AsyncRequestHandler<Command>
    {
        protected override Task Handle(Command request, CancellationToken cancellationToken) =>
            exercises.DeclareIncidentAsync(request.ExerciseId, user.Actor, request.Reason?.Trim() ?? "", cancellationToken);
    }
}
