using GameDay.Data;
using GameDay.Domain.People;
using GameDay.Domain.Plugins;
using GameDay.Web.ExerciseFiles;
using GameDay.Web.Requests;
using MediatR;

namespace GameDay.Web.Features.Exercises;

/// <summary>Replaces the plan. When it changes what approvals bind to, they are void and the reviewers see the difference.</summary>
public static class EditExercise
{
    [Allow(Role.Facilitator)]
    public sealed record Command(Guid Id, string Yaml) : IRequest<IReadOnlyList<FileProblem>>;

    public sealed class Handler(GameDayDbContext db, CurrentUser user, IReadOnlyList<FaultKind> kinds, IClusters clusters) : IRequestHandler<Command, IReadOnlyList<FileProblem>>
    {
        public async Task<IReadOnlyList<FileProblem>> Handle(Command request, CancellationToken cancellationToken)
        {
            var read = ExerciseFileReader.Read(request.Yaml, kinds);
            if (read.File is not { } file) return read.Problems;
            if (PlanFitsCluster.Check(file.Plan, clusters) is { } unknown) return [unknown];
            await using var unit = await db.LockAsync(request.Id, cancellationToken);
            var before = PlanVersions.Text(unit.Exercise.Plan);
            unit.Exercise.Edit(file.Plan, user.Actor);
            PlanVersions.Keep(db, unit.Exercise, PlanVersions.Edited, user.Actor, before);
            await unit.CommitAsync(cancellationToken);
            return [];
        }
    }
}
