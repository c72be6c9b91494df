using GameDay.Data;
using GameDay.Domain;
using GameDay.Domain.Exercises;
using GameDay.Domain.Findings;
using GameDay.Domain.People;
using GameDay.Web.Requests;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Web.Features.Findings;

/// <summary>A claim drawn from selected observations.</summary>
public static class MakeFinding
{
    [Allow(Role.Observer | Role.Responder | Role.Approver | Role.Facilitator | Role.Administrator)]
    public sealed record Command(Guid ExerciseId, FindingKind Kind, string Title, string Statement, IReadOnlyList<long> Evidence, Severity? Severity, Likelihood? Likelihood) : IRequest<Made>;

    public sealed record Made(Guid Id);

    public sealed class Handler(GameDayDbContext db, CurrentUser user, TimeProvider clock) : IRequestHandler<Command, Made>
    {
        public async Task<Made> Handle(Command command, CancellationToken cancellationToken)
        {
            await using var unit = await db.LockAsync(command.ExerciseId, cancellationToken);
            var observed = await db.Timeline.Where(e => e.ExerciseId == command.ExerciseId && command.Evidence.Contains(e.Seq)).Select(e => new { e.Seq, e.RunId }).ToListAsync(cancellationToken);
            if (observed.Count < command.Evidence.Distinct().Count()) throw new RuleBroken("EvidenceIsOnTheTimeline", "One of the selected observations is not on this exercise's timeline. Reload the page and select again.");
            var runs = observed.Select(o => o.RunId).OfType<Guid>().Distinct().ToList();
            var finding = new Finding(Guid.CreateVersion7(), command.ExerciseId, runs is [var only] ? only : null, command.Kind, command.Title, command.Statement, [.. observed.Select(o => o.Seq).Order()], user.Actor, clock.GetUtcNow());
            if (command is { Severity: { } severity, Likelihood: { } likelihood }) finding.Rank(severity, likelihood);
            db.Findings.Add(finding);
            unit.Exercise.Record(EntryKind.Finding, user.Actor, $"Finding: {finding.Title}", finding.RunId);
            await unit.CommitAsync(cancellationToken);
            return new(finding.Id);
        }
    }
}
