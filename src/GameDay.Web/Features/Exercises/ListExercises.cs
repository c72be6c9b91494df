using GameDay.Data;
using GameDay.Domain.Exercises;
using GameDay.Web.Requests;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Web.Features.Exercises;

/// <summary>All exercises, the live ones first, then by date.</summary>
public static class ListExercises
{
    [Allow(AllowAttribute.SignedIn)]
    public sealed record Query(int Skip = 0, int Take = 100) : IRequest<Answer>;

    public sealed record Answer(IReadOnlyList<Row> Rows, int Total);

    public sealed record Row(Guid Id, string Title, ExerciseType Type, ExerciseState State, string Cluster, int Experiments, string Author, DateTimeOffset? StartsAt, DateTimeOffset? StartedAt, DateTimeOffset CreatedAt, bool WasAborted)
    {
        public DateTimeOffset At => StartedAt ?? StartsAt ?? CreatedAt;
    }

    public sealed class Handler(GameDayDbContext db) : IRequestHandler<Query, Answer>
    {
        private static readonly ExerciseState[] Live = [.. Enum.GetValues<ExerciseState>().Where(ExerciseLifecycle.IsLive)];

        public async Task<Answer> Handle(Query request, CancellationToken cancellationToken)
        {
            var rows = await db.Exercises.AsNoTracking()
                .OrderByDescending(e => Live.Contains(e.State)).ThenByDescending(e => e.StartedAt ?? e.StartsAt ?? e.CreatedAt)
                .Skip(request.Skip).Take(Math.Clamp(request.Take, 1, 500))
                .Select(e => new { e.Id, e.Title, e.State, e.Plan, e.AuthorName, e.StartsAt, e.StartedAt, e.CreatedAt, e.WasAborted }).ToListAsync(cancellationToken);
            return new([.. rows.Select(e => new Row(e.Id, e.Title, e.Plan.Type, e.State, e.Plan.Cluster, e.Plan.Experiments.Count, e.AuthorName, e.StartsAt, e.StartedAt, e.CreatedAt, e.WasAborted))],
                await db.Exercises.CountAsync(cancellationToken));
        }
    }
}
