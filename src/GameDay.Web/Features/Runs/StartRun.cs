using GameDay.Domain.People;
using GameDay.Engine.Control;
using GameDay.Web.Requests;
using MediatR;

namespace GameDay.Web.Features.Runs;

/// <summary>Starts one experiment; it goes on by itself. Of two people at once exactly one wins.</summary>
public static class StartRun
{
    [Allow(Role.Facilitator | Role.Administrator)]
    public sealed record Command(Guid ExerciseId, string ExperimentKey) : IRequest<Guid>;

    public sealed class Handler(RunControl runs, CurrentUser user) : IRequestHandler<Command, Guid>
    {
        public Task<Guid> Handle(Command request, CancellationToken cancellationToken) =>
            runs.StartRunAsync(request.ExerciseId, request.ExperimentKey, user.Actor, cancellationToken);
    }
}
