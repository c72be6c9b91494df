using GameDay.Data;
using GameDay.Domain.Exercises;
using GameDay.Domain.People;
using GameDay.Domain.Plugins;
using GameDay.Web.ExerciseFiles;
using GameDay.Web.Requests;
using MediatR;

namespace GameDay.Web.Features.Exercises;

/// <summary>A new exercise from the text of an exercise file: form, paste, upload and command line all end here.</summary>
public static class CreateExercise
{
    [Allow(Role.Facilitator)]
    public sealed record Command(string Yaml) : IRequest<Answer>;

    /// <param name="Id">Null when the text was refused; then <paramref name="Problems"/> says everything that is wrong.</param>
    public sealed record Answer(Guid? Id, IReadOnlyList<FileProblem> Problems);

    public sealed class Handler(GameDayDbContext db, CurrentUser user, IReadOnlyList<FaultKind> kinds, IClusters clusters, TimeProvider clock) : IRequestHandler<Command, Answer>
    {
        public async Task<Answer> Handle(Command request, CancellationToken cancellationToken)
        {
            var read = ExerciseFileReader.Read(request.Yaml, kinds);
            if (read.File is not { } file) return new(null, read.Problems);
            if (PlanFitsCluster.Check(file.Plan, clusters) is { } unknown) return new(null, [unknown]);
            var exercise = new Exercise(Guid.CreateVersion7(clock.GetUtcNow()), file.Plan, user.Actor, clock.GetUtcNow());
            db.Exercises.Add(exercise);
            await db.SaveChangesAsync(cancellationToken);
            return new(exercise.Id, []);
        }
    }
}
