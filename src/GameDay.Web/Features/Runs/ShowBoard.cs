using GameDay.Data;
using GameDay.Domain;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Web.Requests;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Web.Features.Runs;

/// <summary>All that the run board shows except timeline and samples.</summary>
public static class ShowBoard
{
    [Allow(AllowAttribute.SignedIn)]
    public sealed record Query(Guid ExerciseId) : IRequest<Board>;

    public sealed class Handler(GameDayDbContext db, IReadOnlyList<FaultKind> kinds, TimeProvider clock) : IRequestHandler<Query, Board>
    {
        public async Task<Board> Handle(Query query, CancellationToken cancellationToken)
        {
            var board = await db.Exercises.Where(e => e.Id == query.ExerciseId)
                .Select(e => new Board(e.Id, e.Title, e.State, e.Plan, e.Policy, e.StartsAt, e.EndsAt, e.StartedAt, e.EndedAt, e.WasAborted, e.AbortReason))
                .SingleOrDefaultAsync(cancellationToken) ?? throw new RuleBroken("NotFound", "There is no such exercise. It may have been removed; go back to the calendar.");
            var runs = await db.Runs.AsNoTracking().Where(r => r.ExerciseId == query.ExerciseId).OrderBy(r => r.Number).ToListAsync(cancellationToken);
            return board with { ServerNow = clock.GetUtcNow(), Lanes = [.. board.Plan.Experiments.Select((plan, i) => LaneOf(i + 1, plan, runs))] };
        }

        /// <summary>An experiment that ran twice shows its newest run.</summary>
        private Lane LaneOf(int number, ExperimentPlan plan, IEnumerable<Run> runs) =>
            new(number, plan, runs.LastOrDefault(r => r.ExperimentKey == plan.Key) is { } run ? RunRow.Of(run) : null)
            {
                WhoCanUndo = string.Join(", ", kinds.FirstOrDefault(k => k.Id == plan.Fault.Kind)?.WhoCanUndo ?? []),
            };
    }
}
