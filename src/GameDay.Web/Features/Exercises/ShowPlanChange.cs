using GameDay.Data;
using GameDay.Web.Requests;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Web.Features.Exercises;

/// <summary>What changed in the plan since somebody last decided about it.</summary>
public static class ShowPlanChange
{
    [Allow(AllowAttribute.SignedIn)]
    public sealed record Query(Guid Id) : IRequest<Answer>;

    /// <param name="Since">Who decided about the earlier plan; null when it is the first or nothing changed.</param>
    public sealed record Answer(Decision? Since, IReadOnlyList<PlanDiff.Line> Lines, string? EditedBy, DateTimeOffset? EditedAt)
    {
        public static readonly Answer Nothing = new(null, [], null, null);
    }

    /// <param name="WasApproval">False: it was sent back.</param>
    public sealed record Decision(string By, DateTimeOffset At, bool WasApproval);

    public sealed class Handler(GameDayDbContext db) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query request, CancellationToken cancellationToken)
        {
            var exercise = await db.Exercises.FindOrRefuseAsync(request.Id, cancellationToken);
            var subject = exercise.Id.ToString();
            var history = await db.Audit.AsNoTracking().Where(a => a.Subject == subject).OrderByDescending(a => a.Number).ToListAsync(cancellationToken);
            var now = PlanVersions.Text(exercise.Plan);
            if (history.FirstOrDefault(a => a.Action is PlanVersions.Approved or PlanVersions.SentBack) is not { After: { } then } decided || then == now) return Answer.Nothing;
            var edit = history.FirstOrDefault(a => a.Action == PlanVersions.Edited);
            return new(new(decided.By, decided.At, decided.Action == PlanVersions.Approved), PlanDiff.Between(then, now), edit?.By, edit?.At);
        }
    }
}
