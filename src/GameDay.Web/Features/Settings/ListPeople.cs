using GameDay.Data;
using GameDay.Domain.People;
using GameDay.Web.Requests;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Web.Features.Settings;

/// <summary>Who can sign in, with what rights.</summary>
public static class ListPeople
{
    [Allow(AllowAttribute.SignedIn)]
    public sealed record Query : IRequest<Answer>;

    public sealed record Answer(IReadOnlyList<Row> People, bool MayAdd);

    public sealed record Row(string UserName, string Name, Role Roles, bool IsDemo);

    public sealed class Handler(GameDayDbContext db, CurrentUser user) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query request, CancellationToken cancellationToken) => new(
            await db.People.OrderBy(p => p.Name).Select(p => new Row(p.UserName, p.Name, p.Roles, p.IsDemo)).ToListAsync(cancellationToken),
            user.Has(Role.Administrator));
    }
}
