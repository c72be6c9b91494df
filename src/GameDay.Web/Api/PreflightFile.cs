using GameDay.Domain;
using GameDay.Domain.Exercises;
using GameDay.Domain.Plugins;
using GameDay.Domain.Safety;
using GameDay.Engine.Control;
using GameDay.Web.ExerciseFiles;
using GameDay.Web.Features.Exercises;
using GameDay.Web.Requests;
using MediatR;

namespace GameDay.Web.Api;

/// <summary>Asks every guard about an exercise file. Nothing is stored, nothing is injected.</summary>
public static class PreflightFile
{
    [Allow(AllowAttribute.SignedIn)]
    public sealed record Query(string Yaml) : IRequest<Answer>;

    public sealed record Answer(IReadOnlyList<Experiment> Experiments, IReadOnlyList<FileProblem> Problems);

    public sealed record Experiment(string Key, string Title, IReadOnlyList<GuardAnswer> Guards);

    public sealed class Handler(RunControl runs, CurrentUser user, IReadOnlyList<FaultKind> kinds, IClusters clusters, TimeProvider clock) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query request, CancellationToken cancellationToken)
        {
            var read = ExerciseFileReader.Read(request.Yaml, kinds);
            if (read.File is not { } file) return new([], read.Problems);
            if (PlanFitsCluster.Check(file.Plan, clusters) is { } unknown) return new([], [unknown]);
            var exercise = new Exercise(Guid.CreateVersion7(), file.Plan, user.Actor, clock.GetUtcNow());
            await ShowTargetsAsync(exercise, cancellationToken);
            var answers = new List<Experiment>();
            foreach (var experiment in file.Plan.Experiments)
                answers.Add(new(experiment.Key, experiment.Title, await runs.PreflightAsync(exercise, experiment, cancellationToken)));
            return new(answers, []);
        }

        private async Task ShowTargetsAsync(Exercise exercise, CancellationToken ct)
        {
            try
            {
                exercise.ShowTargets(await runs.PreviewTargetsAsync(exercise.Plan, ct));
            }
            catch (RuleBroken)
            {
                // The guard "Targets exist" says the same, with the others beside it.
            }
        }
    }
}
