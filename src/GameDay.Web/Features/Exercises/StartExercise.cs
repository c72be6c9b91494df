using GameDay.Data;
using GameDay.Domain;
using GameDay.Domain.Exercises;
using GameDay.Domain.People;
using GameDay.Domain.Safety;
using GameDay.Engine.Control;
using GameDay.Web.Requests;
using MediatR;

namespace GameDay.Web.Features.Exercises;

/// <summary>Go: every guard is asked once more and has to answer yes; then the exercise is live.</summary>
public static class StartExercise
{
    [Allow(Role.Facilitator)]
    public sealed record Command(Guid Id) : IRequest;

    public sealed class Handler(GameDayDbContext db, RunControl runs, CurrentUser user, TimeProvider clock) : AsyncRequestHandler<Command>
    {
        protected override async Task Handle(Command request, CancellationToken cancellationToken)
        {
            var seen = await db.Exercises.FindOrRefuseAsync(request.Id, cancellationToken);
            if (!ExerciseLifecycle.Allows(seen.State, ExerciseTrigger.Go)) throw new IllegalMove("The exercise", seen.State, ExerciseTrigger.Go);
            if (await AsksFor(seen, cancellationToken) is { } refusal) throw new RuleBroken("NoGo", refusal);
            await using var unit = await db.LockAsync(request.Id, cancellationToken);
            unit.Exercise.Go(user.Actor, clock.GetUtcNow());
            await unit.CommitAsync(cancellationToken);
        }

        private async Task<string?> AsksFor(Exercise exercise, CancellationToken ct)
        {
            var against = new List<string>();
            foreach (var experiment in exercise.Plan.Experiments)
                against.AddRange((await runs.PreflightAsync(exercise, experiment, Asking.Starting, ct)).Where(g => g.Passed != true).Select(g => $"{experiment.Title}: {Words(g)}"));
            return against.Count == 0 ? null : $"No-go. {string.Join("; ", against)}.";
        }

        private static string Words(GuardAnswer guard) => $"{guard.Guard.ToLowerInvariant()} ({(guard.Passed is null ? "no answer: " : "")}{guard.Evidence})";
    }
}
