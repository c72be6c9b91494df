using GameDay.Data;
using GameDay.Web.Requests;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Web.Features.Runs;

/// <summary>Readings of one run after a moment, oldest first; asked again and again while the run goes on.</summary>
public static class ShowSamples
{
    [Allow(AllowAttribute.SignedIn)]
    public sealed record Query(Guid RunId, DateTimeOffset After) : IRequest<IReadOnlyList<Row>>;

    public sealed record Row(string Probe, DateTimeOffset At, double? Value, bool InTolerance, string? Problem);

    public sealed class Handler(GameDayDbContext db) : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        private const int Most = 20_000;

        public async Task<IReadOnlyList<Row>> Handle(Query query, CancellationToken cancellationToken) =>
            await db.ProbeSamples.AsNoTracking().Where(s => s.RunId == query.RunId && s.At > query.After).OrderBy(s => s.At).Take(Most)
                .Select(s => new Row(s.Probe, s.At, s.Value, s.InTolerance, s.Problem)).ToListAsync(cancellationToken);
    }
}
