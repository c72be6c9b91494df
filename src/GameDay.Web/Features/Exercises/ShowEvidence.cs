using GameDay.Data;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Web.Requests;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Web.Features.Exercises;

/// <summary>What was read from every target of an exercise: effect at the injection, absence at the revert.</summary>
public static class ShowEvidence
{
    [Allow(AllowAttribute.SignedIn)]
    public sealed record Query(Guid Id) : IRequest<IReadOnlyList<Row>>;

    public sealed record Row(int Run, string Kind, FaultTarget Target, InjectionPhase Phase, Evidence? Effect, Evidence? Proof, string? Problem, string? UndoByHand)
    {
        public InjectionResult Result => InjectionResults.Of(Phase, Effect, Proof);
    }

    public sealed class Handler(GameDayDbContext db) : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        public async Task<IReadOnlyList<Row>> Handle(Query request, CancellationToken cancellationToken)
        {
            var runs = await db.Runs.AsNoTracking().Where(r => r.ExerciseId == request.Id).OrderBy(r => r.Number).ToListAsync(cancellationToken);
            return [.. runs.SelectMany(r => r.Injections.OrderBy(i => i.Number).Select(i => new Row(r.Number, i.Kind, i.Target, i.Phase, i.Effect, i.Proof, i.Problem, i.Undo?.InWords)))];
        }
    }
}
