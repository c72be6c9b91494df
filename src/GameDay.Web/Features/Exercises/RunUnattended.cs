using GameDay.Data;
using GameDay.Domain.Exercises;
using GameDay.Domain.People;
using GameDay.Engine.Control;
using GameDay.Web.Requests;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Web.Features.Exercises;

/// <summary>From draft to go in one step, for the command line: by a policy that allows it, or by approvals stored for this very plan.</summary>
public static class RunUnattended
{
    /// <param name="WithoutReaper">Faults bound to a pod may run though no reaper lives.</param>
    [Allow(Role.Facilitator)]
    public sealed record Command(Guid Id, bool WithoutReaper = false) : IRequest;

    public sealed class Handler(GameDayDbContext db, RunControl runs, IMediator mediator, CurrentUser user, TimeProvider clock) : AsyncRequestHandler<Command>
    {
        protected override async Task Handle(Command request, CancellationToken cancellationToken)
        {
            var seen = await db.Exercises.FindOrRefuseAsync(request.Id, cancellationToken);
            var resolved = await runs.PreviewTargetsAsync(seen.Plan, cancellationToken);
            var stored = await StoredAsync(seen.PlanHash, cancellationToken);
            await using (var unit = await db.LockAsync(request.Id, cancellationToken))
            {
                Prepare(unit.Exercise, resolved, stored);
                if (request.WithoutReaper) unit.Exercise.RunWithoutReaper(user.Actor);
                await unit.CommitAsync(cancellationToken);
            }
            await mediator.Send(new StartExercise.Command(request.Id), cancellationToken);
        }

        /// <summary>Nobody is there to start each experiment, so the plan goes through them by itself.</summary>
        private void Prepare(Exercise exercise, IReadOnlyList<ApprovedTargets> resolved, IReadOnlyList<Approval> stored)
        {
            if (!exercise.Plan.Automatic) exercise.Edit(exercise.Plan with { Automatic = true }, user.Actor);
            exercise.Submit(resolved, user.Actor);
            if (exercise.Policy.Unattended) exercise.ApproveUnattended(user.Actor, clock.GetUtcNow());
            else exercise.ApproveAsStored(stored, user.Actor);
            exercise.Brief(user.Actor);
        }

        private async Task<IReadOnlyList<Approval>> StoredAsync(string hash, CancellationToken ct)
        {
            var same = await db.Exercises.AsNoTracking().Where(e => e.PlanHash == hash).ToListAsync(ct);
            return [.. same.SelectMany(e => e.Approvals).Where(a => a.Approved && a.PlanHash == hash && a.PersonId != Guid.Empty).DistinctBy(a => a.PersonId)];
        }
    }
}
