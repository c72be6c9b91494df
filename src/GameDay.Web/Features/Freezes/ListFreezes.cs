using GameDay.Data;
using GameDay.Domain.People;
using GameDay.Web.Requests;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Web.Features.Freezes;

/// <summary>Freezes that hold now or are to come, the next first.</summary>
public static class ListFreezes
{
    [Allow(AllowAttribute.SignedIn)]
    public sealed record Query : IRequest<Answer>;

    public sealed record Answer(IReadOnlyList<Row> Freezes, bool MayChange);

    public sealed record Row(Guid Id, string Name, string Reason, DateTimeOffset From, DateTimeOffset To, string SetBy, bool IsNow);

    public sealed class Handler(GameDayDbContext db, CurrentUser user, TimeProvider clock) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var rows = await db.Freezes.AsNoTracking().Where(f => f.To > now).OrderBy(f => f.From)
                .Select(f => new Row(f.Id, f.Name, f.Reason, f.From, f.To, f.SetBy, f.From <= now)).ToListAsync(cancellationToken);
            return new(rows, user.Has(Role.Facilitator | Role.Administrator));
        }
    }
}
