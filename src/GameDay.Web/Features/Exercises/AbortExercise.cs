using GameDay.Data;
using GameDay.Domain;
using GameDay.Domain.Exercises;
using GameDay.Engine.Control;
using GameDay.Web.Requests;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Web.Features.Exercises;

/// <summary>Anyone may, at any moment; the reason may come afterwards. Goes straight to revert, also with the database away.</summary>
public static class AbortExercise
{
    /// <param name="Id">Null: the one that is live.</param>
    [Allow(AllowAttribute.SignedIn)]
    public sealed record Command(Guid? Id, string? Reason = null) : IRequest<Answer>;

    /// <param name="Recorded">False while the database is away: the revert goes on from memory and is written down later.</param>
    public sealed record Answer(Guid Id, string InWords, bool Recorded);

    public sealed class Handler(IDbContextFactory<GameDayDbContext> databases, RunControl runs, CurrentUser user) : IRequestHandler<Command, Answer>
    {
        public async Task<Answer> Handle(Command request, CancellationToken cancellationToken)
        {
            var id = request.Id ?? await LiveAsync(cancellationToken);
            var outcome = await runs.AbortExerciseAsync(id, user.Actor, request.Reason, cancellationToken);
            return new(id, outcome.InWords, outcome.Recorded);
        }

        private async Task<Guid> LiveAsync(CancellationToken ct)
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            var live = await db.Exercises.AsNoTracking().Where(e => e.State == ExerciseState.Running || e.State == ExerciseState.Paused).Select(e => new { e.Id, e.Title }).ToListAsync(ct);
            return live switch
            {
                [var one] => one.Id,
                [] => throw new RuleBroken("NothingLive", "No exercise is live; there is nothing to abort."),
                _ => throw new RuleBroken("SeveralLive", $"Several exercises are live; name one, or halt all: {string.Join(", ", live.Select(l => $"{l.Title} ({l.Id})"))}."),
            };
        }
    }
}
