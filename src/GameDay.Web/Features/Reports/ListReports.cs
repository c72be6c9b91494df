using GameDay.Data;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Web.Requests;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Web.Features.Reports;

/// <summary>Exercises that have something to report, newest first.</summary>
public static class ListReports
{
    [Allow(AllowAttribute.SignedIn)]
    public sealed record Query : IRequest<IReadOnlyList<Row>>;

    public sealed record Row(Guid Id, string Title, ExerciseState State, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string Cluster, IReadOnlyList<Verdict> Verdicts, int Findings);

    public sealed class Handler(GameDayDbContext db) : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        public async Task<IReadOnlyList<Row>> Handle(Query query, CancellationToken cancellationToken)
        {
            var held = await db.Exercises.Where(e => e.StartedAt != null).OrderByDescending(e => e.StartedAt).Take(200)
                .Select(e => new { e.Id, e.Title, e.State, e.StartedAt, e.EndedAt, e.Plan }).ToListAsync(cancellationToken);
            var ids = held.ConvertAll(e => e.Id);
            var verdicts = await db.Runs.Where(r => ids.Contains(r.ExerciseId) && r.Verdict != null).OrderBy(r => r.Number).Select(r => new { r.ExerciseId, r.Verdict }).ToListAsync(cancellationToken);
            var findings = await db.Findings.Where(f => ids.Contains(f.ExerciseId)).GroupBy(f => f.ExerciseId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
            return [.. held.Select(e => new Row(e.Id, e.Title, e.State, e.StartedAt!.Value, e.EndedAt, e.Plan.Cluster,
                [.. verdicts.Where(v => v.ExerciseId == e.Id).Select(v => v.Verdict!.Value)], findings.GetValueOrDefault(e.Id)))];
        }
    }
}
