using GameDay.Data;
using GameDay.Domain;
using GameDay.Domain.Exercises;
using GameDay.Domain.People;
using GameDay.Web.Requests;
using MediatR;

namespace GameDay.Web.Features.Runs;

/// <summary>Detected, acknowledged, mitigated: the first mark is the moment, every mark stays on the timeline.</summary>
public static class MarkMoment
{
    [Allow(Role.Observer | Role.Responder | Role.Approver | Role.Facilitator | Role.Administrator)]
    public sealed record Command(Guid ExerciseId, Guid RunId, EntryKind Moment) : IRequest;

    public sealed class Handler(GameDayDbContext db, CurrentUser user, TimeProvider clock) : AsyncRequestHandler<Command>
    {
        protected override async Task Handle(Command request, CancellationToken cancellationToken)
        {
            await using var unit = await db.LockAsync(request.ExerciseId, cancellationToken);
            var run = await unit.LockRunAsync(request.RunId, cancellationToken);
            if (run.InjectedAt is null) throw new RuleBroken("NothingToMark", "No fault was in place yet, so there is nothing to detect. Mark it when the experiment has injected.");
            var now = clock.GetUtcNow();
            switch (request.Moment)
            {
                case EntryKind.Detection: run.Detected(now, user.Name); break;
                case EntryKind.Acknowledged: run.Acknowledged(now); break;
                case EntryKind.Mitigated: run.Mitigated(now); break;
                default: throw new RuleBroken("Invalid", "Only detected, acknowledged and mitigated can be marked.");
            }
            unit.Exercise.Record(request.Moment, user.Actor, $"Marked: {Word(request.Moment)}", run.Id);
            await unit.CommitAsync(cancellationToken);
        }

        private static string Word(EntryKind moment) => moment == EntryKind.Detection ? "detected" : moment.ToString().ToLowerInvariant();
    }
}
