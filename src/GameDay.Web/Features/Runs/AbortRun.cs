using GameDay.Engine.Control;
using GameDay.Web.Requests;
using MediatR;

namespace GameDay.Web.Features.Runs;

/// <summary>Ends one run now. Anyone who is signed in may; the reason comes afterwards. Touches no database here: it works while PostgreSQL is away.</summary>
public static class AbortRun
{
    [Allow(AllowAttribute.SignedIn)]
    public sealed record Command(Guid ExerciseId, Guid RunId, string? Reason = null) : IRequest<AbortOutcome>;

    public sealed class Handler(RunControl runs, CurrentUser user) : IRequestHandler<Command, AbortOutcome>
    {
        public Task<AbortOutcome> Handle(Command request, CancellationToken cancellationToken) =>
            // Whoever aborts and closes the page still aborts.
            runs.AbortRunAsync(request.ExerciseId, request.RunId, user.Actor, request.Reason, CancellationToken.None);
    }
}
