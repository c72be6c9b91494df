using GameDay.Engine.Control;
using GameDay.Web.Requests;
using MediatR;

namespace GameDay.Web.Features.Runs;

/// <summary>Ends the exercise and its runs now. Anyone who is signed in may; the reason comes afterwards.</summary>
public static class AbortExercise
{
    [Allow(AllowAttribute.SignedIn)]
    public sealed record Command(Guid ExerciseId, string? Reason = null) : IRequest<AbortOutcome>;

    public sealed class Handler(RunControl runs, CurrentUser user) : IRequestHandler<Command, AbortOutcome>
    {
        public Task<AbortOutcome> Handle(Command request, CancellationToken cancellationToken) =>
            // Whoever aborts and closes the page still aborts.
            runs.AbortExerciseAsync(request.ExerciseId, user.Actor, request.Reason, CancellationToken.None);
    }
}
