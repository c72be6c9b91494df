using GameDay.Data;
using GameDay.Web.Requests;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Web.Features.Findings;

/// <summary>All findings, or those of one exercise; most pressing first.</summary>
public static class ListFindings
{
    [Allow(AllowAttribute.SignedIn)]
    public sealed record Query(Guid? ExerciseId = null) : IRequest<IReadOnlyList<FindingRow>>;

    public sealed class Handler(GameDayDbContext db) : IRequestHandler<Query, IReadOnlyList<FindingRow>>
    {
        public async Task<IReadOnlyList<FindingRow>> Handle(Query query, CancellationToken cancellationToken)
        {
            var findings = await db.Findings.AsNoTracking().OrderBy(f => f.CreatedAt).ThenBy(f => f.Id)
                .Join(db.Exercises, f => f.ExerciseId, e => e.Id, (f, e) => new { Finding = f, e.Title }).ToListAsync(cancellationToken);
            return [.. findings.Select((row, i) => RowOf(row.Finding, i + 1, row.Title))
                .Where(f => query.ExerciseId is null || f.ExerciseId == query.ExerciseId)
                .OrderBy(f => f.Priority is null).ThenBy(f => f.Priority).ThenBy(f => f.Number)];
        }

        private static FindingRow RowOf(Domain.Findings.Finding f, int number, string exercise) =>
            new(f.Id, number, f.Kind, f.Title, f.Severity, f.Likelihood, f.Filing, f.Tracker, f.IssueKey, f.IssueUrl, f.IssueStatus, f.FilingProblem)
            {
                ExerciseId = f.ExerciseId, Exercise = exercise, Statement = f.Statement, Evidence = f.Evidence, CreatedBy = f.CreatedBy, CreatedAt = f.CreatedAt,
            };
    }
}
