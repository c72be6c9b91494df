using GameDay.Data;
using GameDay.Domain.Exercises;
using GameDay.Domain.People;
using GameDay.Web.Requests;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Web.Features.Halt;

/// <summary>Whether Halt is in force, and what it would end now.</summary>
public static class GetHalt
{
    [Allow(AllowAttribute.SignedIn)]
    public sealed record Query : IRequest<Answer>;

    public sealed record Answer(bool InForce, string? By, string? Reason, DateTimeOffset? At, IReadOnlyList<string> Live, bool MayRelease);

    public sealed class Handler(GameDayDbContext db, CurrentUser user) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query request, CancellationToken cancellationToken)
        {
            var now = await db.Installations.AsNoTracking().SingleAsync(cancellationToken);
            var live = await db.Exercises.Where(e => e.State == ExerciseState.Running || e.State == ExerciseState.Paused).Select(e => e.Title).ToListAsync(cancellationToken);
            return new(now.HaltEngaged, now.HaltBy, now.HaltReason, now.HaltAt, live, user.Has(Role.Facilitator | Role.Administrator));
        }
    }
}
