using GameDay.Data;
using GameDay.Domain.People;
using GameDay.Web.Requests;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Web.Features.Incidents;

/// <summary>Real incidents that are open.</summary>
public static class ListIncidents
{
    [Allow(AllowAttribute.SignedIn)]
    public sealed record Query : IRequest<Answer>;

    public sealed record Answer(IReadOnlyList<Row> Open, bool MayDeclare, bool MayClose);

    public sealed record Row(Guid Id, string Title, string DeclaredBy, DateTimeOffset DeclaredAt);

    public sealed class Handler(GameDayDbContext db, CurrentUser user) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query request, CancellationToken cancellationToken) => new(
            await db.Incidents.AsNoTracking().Where(i => i.ClosedAt == null).OrderBy(i => i.DeclaredAt).Select(i => new Row(i.Id, i.Title, i.DeclaredBy, i.DeclaredAt)).ToListAsync(cancellationToken),
            user.Has(AllowAttribute.SignedIn & ~Role.Reader), user.Has(Role.Facilitator | Role.Administrator));
    }
}
