using GameDay.Engine.Control;
using GameDay.Web.Requests;
using MediatR;

namespace GameDay.Web.Features.Runs;

/// <summary>Tries a leaked run's revert again at once.</summary>
public static class RetryRevert
{
    [Allow(AllowAttribute.SignedIn)]
    public sealed record Command(Guid ExerciseId, Guid RunId) : IRequest;

    public sealed class Handler(RunControl runs, CurrentUser user) : AsyncRequestHandler<Command>
    {
        protected override Task Handle(Command request, CancellationToken cancellationToken) =>
            runs.RetryRevertAsync(request.ExerciseId, request.RunId, user.Actor, cancellationToken);
    }
}
