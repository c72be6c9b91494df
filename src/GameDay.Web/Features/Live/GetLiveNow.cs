using GameDay.Data;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Web.Requests;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Web.Features.Live;

/// <summary>What is live now, for the top bar of every page.</summary>
public static class GetLiveNow
{
    private static readonly ExerciseState[] LiveStates = [.. Enum.GetValues<ExerciseState>().Where(ExerciseLifecycle.IsLive)];
    private static readonly ExerciseState[] Ahead = [ExerciseState.InReview, ExerciseState.Approved, ExerciseState.Briefing];
    private static readonly InjectionPhase[] InPlace = [InjectionPhase.Injecting, InjectionPhase.Active, InjectionPhase.Reverting, InjectionPhase.Leaked];

    [Allow(AllowAttribute.SignedIn)]
    public sealed record Query : IRequest<Answer>;

    /// <param name="Halt">Who engaged Halt and why; null when it is not in force.</param>
    public sealed record Answer(IReadOnlyList<Live> Live, Next? Next, int FaultsInPlace, string? Halt);

    public sealed record Live(Guid Id, string Title, ExerciseState State);

    public sealed record Next(Guid Id, string Title, DateTimeOffset StartsAt);

    public sealed class Handler(GameDayDbContext db, TimeProvider clock) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var live = await db.Exercises.Where(e => LiveStates.Contains(e.State)).OrderBy(e => e.StartedAt)
                .Select(e => new Live(e.Id, e.Title, e.State)).ToListAsync(cancellationToken);
            var next = await db.Exercises.Where(e => Ahead.Contains(e.State) && e.StartsAt > now).OrderBy(e => e.StartsAt)
                .Select(e => new Next(e.Id, e.Title, e.StartsAt!.Value)).FirstOrDefaultAsync(cancellationToken);
            var faults = await db.Injections.CountAsync(i => InPlace.Contains(i.Phase), cancellationToken);
            var halt = await db.Installations.Where(i => i.HaltEngaged).Select(i => i.HaltBy + ": " + i.HaltReason).FirstOrDefaultAsync(cancellationToken);
            return new(live, next, faults, halt);
        }
    }
}
