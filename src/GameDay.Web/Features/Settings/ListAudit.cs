using GameDay.Data;
using GameDay.Domain.People;
using GameDay.Web.Requests;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Web.Features.Settings;

/// <summary>Changes that belong to no exercise's timeline: halt, people, plans. Newest first.</summary>
public static class ListAudit
{
    [Allow(Role.Facilitator | Role.Administrator)]
    public sealed record Query(int Take = 50) : IRequest<IReadOnlyList<AuditEntry>>;

    public sealed class Handler(GameDayDbContext db) : IRequestHandler<Query, IReadOnlyList<AuditEntry>>
    {
        public async Task<IReadOnlyList<AuditEntry>> Handle(Query request, CancellationToken cancellationToken) =>
            await db.Audit.AsNoTracking().OrderByDescending(a => a.Number).Take(Math.Clamp(request.Take, 1, 10_000)).ToListAsync(cancellationToken);
    }
}
