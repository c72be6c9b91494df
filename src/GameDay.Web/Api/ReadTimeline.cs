using GameDay.Data;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Web.Requests;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Web.Api;

/// <summary>The timeline after a sequence number, and whether anything more is to be expected without a person.</summary>
public static class ReadTimeline
{
    private const int Most = 500;

    [Allow(AllowAttribute.SignedIn)]
    public sealed record Query(Guid ExerciseId, long After) : IRequest<Answer>;

    public sealed record Answer(IReadOnlyList<Entry> Entries, bool Ended);

    public sealed record Entry(long Seq, DateTimeOffset At, string Kind, string Source, string Text, Guid? RunId);

    public sealed class Handler(GameDayDbContext db, TimeProvider clock) : IRequestHandler<Query, Answer>
    {
        // A leak is retried without end and a system that is not steady gets no all clear: a script must not wait for ever.
        private static readonly TimeSpan LeakPatience = TimeSpan.FromSeconds(30);
        private static readonly TimeSpan AllClearPatience = TimeSpan.FromSeconds(60);

        public async Task<Answer> Handle(Query request, CancellationToken cancellationToken)
        {
            var exercise = await db.Exercises.FindOrRefuseAsync(request.ExerciseId, cancellationToken);
            var entries = await db.Timeline.AsNoTracking().Where(t => t.ExerciseId == request.ExerciseId && t.Seq > request.After).OrderBy(t => t.Seq).Take(Most)
                .Select(t => new Entry(t.Seq, t.At, t.Kind.ToString(), t.Source, t.Text, t.RunId)).ToListAsync(cancellationToken);
            return new(entries, entries.Count < Most && await HasEndedAsync(exercise, cancellationToken));
        }

        private async Task<bool> HasEndedAsync(Exercise exercise, CancellationToken ct)
        {
            if (exercise.State is ExerciseState.Debriefing or ExerciseState.Published or ExerciseState.Closed or ExerciseState.Cancelled) return true;
            if (!exercise.IsLive) return false;
            var last = await db.Timeline.Where(t => t.ExerciseId == exercise.Id).MaxAsync(t => t.At, ct);
            var quiet = clock.GetUtcNow() - last;
            if (exercise.State == ExerciseState.WindingDown && quiet > exercise.Policy.AllClearFor + AllClearPatience) return true;
            return quiet > LeakPatience && await db.Runs.AnyAsync(r => r.ExerciseId == exercise.Id && r.State == RunState.Leaked, ct);
        }
    }
}
