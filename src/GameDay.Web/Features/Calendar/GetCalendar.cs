using GameDay.Data;
using GameDay.Domain.Exercises;
using GameDay.Web.Requests;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Web.Features.Calendar;

/// <summary>What happened and will happen between two moments, and the exercise that comes next.</summary>
public static class GetCalendar
{
    [Allow(AllowAttribute.SignedIn)]
    public sealed record Query(DateTimeOffset From, DateTimeOffset To) : IRequest<Answer>;

    public sealed record Answer(DateTimeOffset Now, IReadOnlyList<Event> Events, Next? Next, int Ahead);

    /// <param name="At">When it started, else when it is planned to, else when it was written.</param>
    /// <param name="HasDate">False: it stands on the day it was written.</param>
    public sealed record Event(Guid Id, string Title, ExerciseType Type, ExerciseState State, DateTimeOffset At, bool HasDate);

    /// <param name="Approved">Whether an approval of the present plan is stored.</param>
    public sealed record Next(Guid Id, string Title, ExerciseType Type, ExerciseState State, string Cluster, int Experiments, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, bool Approved, string Author);

    public sealed class Handler(GameDayDbContext db, TimeProvider clock) : IRequestHandler<Query, Answer>
    {
        private static readonly ExerciseState[] BeforeStart = [ExerciseState.InReview, ExerciseState.Approved, ExerciseState.Briefing];

        public async Task<Answer> Handle(Query request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var rows = await db.Exercises.AsNoTracking()
                .Where(e => (e.StartedAt ?? e.StartsAt ?? e.CreatedAt) >= request.From && (e.StartedAt ?? e.StartsAt ?? e.CreatedAt) < request.To)
                .Select(e => new { e.Id, e.Title, e.Plan, e.State, e.StartsAt, e.StartedAt, e.CreatedAt }).ToListAsync(cancellationToken);
            var events = rows.Select(e => new Event(e.Id, e.Title, e.Plan.Type, e.State, e.StartedAt ?? e.StartsAt ?? e.CreatedAt, (e.StartedAt ?? e.StartsAt) is not null)).OrderBy(e => e.At).ToList();
            return new(now, events, await NextAsync(now, cancellationToken), events.Count(e => e.At > now && BeforeStart.Contains(e.State)));
        }

        /// <summary>The nearest dated one; when none has a date, the one that is furthest on its way.</summary>
        private async Task<Next?> NextAsync(DateTimeOffset now, CancellationToken ct)
        {
            var waiting = await db.Exercises.AsNoTracking().Where(e => BeforeStart.Contains(e.State) && (e.StartsAt == null || e.StartsAt > now)).ToListAsync(ct);
            var e = waiting.OrderBy(w => w.StartsAt ?? DateTimeOffset.MaxValue).ThenByDescending(w => w.State).ThenByDescending(w => w.CreatedAt).FirstOrDefault();
            return e is null ? null : new(e.Id, e.Title, e.Plan.Type, e.State, e.Plan.Cluster, e.Plan.Experiments.Count, e.StartsAt, e.EndsAt, e.Approvals.Any(a => a.Approved && a.PlanHash == e.PlanHash), e.AuthorName);
        }
    }
}
