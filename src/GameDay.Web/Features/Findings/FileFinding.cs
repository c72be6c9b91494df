using GameDay.Data;
using GameDay.Domain;
using GameDay.Domain.Exercises;
using GameDay.Domain.People;
using GameDay.Domain.Plugins;
using GameDay.Web.Requests;
using MediatR;

namespace GameDay.Web.Features.Findings;

/// <summary>Sends a finding on its way into the owning team's tracker. The outbox creates the issue, once.</summary>
public static class FileFinding
{
    [Allow(Role.Responder | Role.Approver | Role.Facilitator | Role.Administrator)]
    public sealed record Command(Guid FindingId, string Tracker) : IRequest;

    public sealed class Handler(GameDayDbContext db, IEnumerable<ITracker> trackers, CurrentUser user) : AsyncRequestHandler<Command>
    {
        protected override async Task Handle(Command request, CancellationToken cancellationToken)
        {
            var tracker = trackers.FirstOrDefault(t => t.IsConfigured && t.Vendor == request.Tracker)
                ?? throw new RuleBroken("TrackerNotConfigured", $"No tracker '{request.Tracker}' is configured. Set one up, then file the finding.");
            var found = await db.Findings.FindOrRefuseAsync(request.FindingId, cancellationToken);
            await using var unit = await db.LockAsync(found.ExerciseId, cancellationToken);
            var finding = await db.Findings.FindOrRefuseAsync(request.FindingId, cancellationToken);
            finding.Queue(tracker.Vendor);
            db.Outbox.Add(new OutboxMessage(Guid.CreateVersion7(), finding.ExerciseId, finding.Id, tracker.Vendor));
            unit.Exercise.Record(EntryKind.Finding, user.Actor, $"Filing into {tracker.Vendor}: {finding.Title}", finding.RunId);
            await unit.CommitAsync(cancellationToken);
        }
    }
}
