using GameDay.Data;
using GameDay.Domain.Exercises;
using GameDay.Domain.People;
using GameDay.Web.Components.Timeline;
using GameDay.Web.Requests;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Web.Features.Notes;

/// <summary>Entries after a sequence number, oldest first. Who only responds sees other people's notes after the all clear: they are observers' eyes, not hints.</summary>
public static class ShowTimeline
{
    [Allow(AllowAttribute.SignedIn)]
    public sealed record Query(Guid ExerciseId, long After = 0, int Most = 500) : IRequest<IReadOnlyList<EntryRow>>;

    public sealed class Handler(GameDayDbContext db, CurrentUser user) : IRequestHandler<Query, IReadOnlyList<EntryRow>>
    {
        private const Role SeesNotes = Role.Observer | Role.Facilitator | Role.Approver | Role.Administrator | Role.Reader;

        public async Task<IReadOnlyList<EntryRow>> Handle(Query query, CancellationToken cancellationToken)
        {
            var me = user.Actor.PersonId;
            var sealedFor = !user.Has(SeesNotes) && await IsSealedAsync(query.ExerciseId, cancellationToken);
            var newest = await db.Timeline.AsNoTracking()
                .Where(e => e.ExerciseId == query.ExerciseId && e.Seq > query.After && (!sealedFor || e.PersonId == null || e.PersonId == me))
                .OrderByDescending(e => e.Seq).Take(query.Most)
                .Select(e => new EntryRow(e.Seq, e.At, e.Kind, e.Source, e.Text, e.PersonId != null, e.RunId))
                .ToListAsync(cancellationToken);
            newest.Reverse();
            return newest;
        }

        private Task<bool> IsSealedAsync(Guid exerciseId, CancellationToken ct) =>
            db.Exercises.AnyAsync(e => e.Id == exerciseId && (e.State == ExerciseState.Running || e.State == ExerciseState.Paused || e.State == ExerciseState.Aborting || e.State == ExerciseState.WindingDown), ct);
    }
}
