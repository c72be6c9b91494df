using GameDay.Data;
using GameDay.Domain.Exercises;
using GameDay.Domain.People;
using GameDay.Domain.Safety;
using GameDay.Engine.Control;
using GameDay.Web.Requests;
using MediatR;

namespace GameDay.Web.Features.Exercises;

/// <summary>Go or no-go: what every guard answers right now, with its evidence. Injects nothing.</summary>
public static class AskGuards
{
    [Allow(AllowAttribute.SignedIn)]
    public sealed record Query(Guid Id) : IRequest<IReadOnlyList<Answers>>;

    public sealed record Answers(string ExperimentKey, string Title, IReadOnlyList<GuardAnswer> Guards)
    {
        public bool AllYes => Guards.All(g => g.Passed == true);
    }

    public sealed class Handler(GameDayDbContext db, RunControl runs, CurrentUser user) : IRequestHandler<Query, IReadOnlyList<Answers>>
    {
        public async Task<IReadOnlyList<Answers>> Handle(Query request, CancellationToken cancellationToken)
        {
            var exercise = await db.Exercises.FindOrRefuseAsync(request.Id, cancellationToken);
            var asking = user.Has(Role.Facilitator) && exercise.State is (ExerciseState.Approved or ExerciseState.Briefing) ? Asking.Preparing : Asking.Looking;
            var answers = new List<Answers>();
            foreach (var experiment in exercise.Plan.Experiments)
                answers.Add(new(experiment.Key, experiment.Title, await runs.PreflightAsync(exercise, experiment, asking, cancellationToken)));
            return answers;
        }
    }
}
