using System.Text.Json.Serialization;
using GameDay.Domain;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.People;
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

    public sealed record Experiment(string Key, string Title, IReadOnlyList<Guard> Guards);

    /// <param name="AgeSeconds">Time since what it rests on was read.</param>
    public sealed record Guard([property: JsonPropertyName("guard")] string Name, bool? Passed, bool Warns, string Evidence, DateTimeOffset At, double AgeSeconds);

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
                answers.Add(new(experiment.Key, experiment.Title, [.. (await AskAsync(exercise, experiment, cancellationToken)).Select(Row)]));
            return new(answers, []);
        }

        private Task<IReadOnlyList<GuardAnswer>> AskAsync(Exercise exercise, ExperimentPlan experiment, CancellationToken ct) =>
            runs.PreflightAsync(exercise, experiment, user.Has(Role.Facilitator) ? Asking.Preparing : Asking.Looking, ct);

        private Guard Row(GuardAnswer a) => new(a.Guard, a.Passed, a.Warns, a.Evidence, a.At, Math.Round(Math.Max(0, (clock.GetUtcNow() - a.At).TotalSeconds), 1));

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
