using FluentValidation;
using GameDay.Data;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Web.Requests;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Web.Features.Notes;

/// <summary>One line of what somebody saw. The same key again is the same note: a resend after a lost answer adds nothing.</summary>
public static class WriteNote
{
    [Allow(AllowAttribute.SignedIn)]
    public sealed record Command(Guid ExerciseId, string Text, EntryKind Kind, Guid? Key = null) : IRequest<long>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Text).NotEmpty().WithMessage("Write what you saw, then save.");
            RuleFor(c => c.Kind).Must(TimelineEntry.IsNoteKind).WithMessage("That is not a kind of note. Choose one of the kinds below the box.");
        }
    }

    public sealed class Handler(GameDayDbContext db, CurrentUser user, TimeProvider clock) : IRequestHandler<Command, long>
    {
        public async Task<long> Handle(Command command, CancellationToken cancellationToken)
        {
            await using var unit = await db.LockAsync(command.ExerciseId, cancellationToken);
            if (command.Key is { } key && await SavedBeforeAsync(command.ExerciseId, key, cancellationToken) is { } seq) return seq;
            var run = await ActiveRun.LockAsync(unit, cancellationToken);
            var entry = unit.Exercise.Record(command.Kind, user.Actor, command.Text.Trim(), run?.Id, command.Key);
            if (run is not null) Stamp(run, command.Kind);
            await unit.CommitAsync(cancellationToken);
            return entry.Seq;
        }

        private Task<long?> SavedBeforeAsync(Guid exerciseId, Guid key, CancellationToken ct) =>
            db.Timeline.Where(e => e.ExerciseId == exerciseId && e.ClientKey == key).Select(e => (long?)e.Seq).SingleOrDefaultAsync(ct);

        /// <summary>The first of its kind is the moment; later ones stay on the timeline.</summary>
        private void Stamp(Run run, EntryKind kind)
        {
            if (run.InjectedAt is null) return;
            var now = clock.GetUtcNow();
            switch (kind)
            {
                case EntryKind.Detection: run.Detected(now, user.Name); break;
                case EntryKind.Acknowledged: run.Acknowledged(now); break;
                case EntryKind.Mitigated: run.Mitigated(now); break;
            }
        }
    }
}
