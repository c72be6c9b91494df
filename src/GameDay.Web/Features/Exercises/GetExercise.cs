using GameDay.Data;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.People;
using GameDay.Domain.Plugins;
using GameDay.Domain.Safety;
using GameDay.Web.Requests;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Web.Features.Exercises;

/// <summary>One exercise as its plan page and the API show it.</summary>
public static class GetExercise
{
    [Allow(AllowAttribute.SignedIn)]
    public sealed record Query(Guid Id) : IRequest<Answer>;

    /// <param name="May">What this person may do with it now.</param>
    public sealed record Answer(
        Guid Id, string Title, ExerciseState State, ExercisePlan Plan, string PlanHash, Policy Policy, string Author, bool IsMine,
        DateTimeOffset CreatedAt, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, bool WasAborted, string? AbortReason,
        IReadOnlyList<Approval> Approvals, IReadOnlyList<ApprovedTargets> Targets, IReadOnlyList<RunRow> Runs, IReadOnlyList<NoticeRow> Notices, IReadOnlySet<ExerciseTrigger> May, bool MayApprove);

    public sealed record RunRow(Guid Id, string ExperimentKey, int Number, RunState State, Verdict? Verdict, string? Reason);

    public sealed record NoticeRow(NoticeKind Kind, string Channel, string Text, DateTimeOffset At, OutboxState State, string? Problem);

    public sealed class Handler(GameDayDbContext db, CurrentUser user) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query request, CancellationToken cancellationToken)
        {
            var e = await db.Exercises.FindOrRefuseAsync(request.Id, cancellationToken);
            var runs = await db.Runs.Where(r => r.ExerciseId == e.Id).OrderBy(r => r.Number)
                .Select(r => new RunRow(r.Id, r.ExperimentKey, r.Number, r.State, r.Verdict, r.Reason)).ToListAsync(cancellationToken);
            var notices = await db.Outbox.Where(m => m.ExerciseId == e.Id && m.FindingId == null).OrderBy(m => m.Number)
                .Select(m => new NoticeRow(m.Kind, m.Channel, m.Text, m.CreatedAt, m.State, m.Problem)).ToListAsync(cancellationToken);
            return new(e.Id, e.Title, e.State, e.Plan, e.PlanHash, e.Policy, e.AuthorName, e.AuthorId is not null && e.AuthorId == user.Actor.PersonId,
                e.CreatedAt, e.StartsAt, e.EndsAt, e.StartedAt, e.EndedAt, e.WasAborted, e.AbortReason,
                [.. e.Approvals], [.. e.Targets], runs, notices, MayDo(e), MayApprove(e));
        }

        private HashSet<ExerciseTrigger> MayDo(Exercise e) => [.. Enum.GetValues<ExerciseTrigger>().Where(t => ExerciseLifecycle.Allows(e.State, t) && user.Has(Needed(t)))];

        /// <summary>The first approval moves it on; further people may add theirs until the start.</summary>
        private bool MayApprove(Exercise e) => user.Has(Role.Approver) && e.State is (ExerciseState.InReview or ExerciseState.Approved or ExerciseState.Briefing)
            && !e.Approvals.Any(a => a.Approved && a.PersonId == user.Actor.PersonId && a.PlanHash == e.PlanHash);

        private static Role Needed(ExerciseTrigger trigger) => trigger switch
        {
            ExerciseTrigger.Abort => AllowAttribute.SignedIn,
            ExerciseTrigger.Approve or ExerciseTrigger.Reject => Role.Approver,
            ExerciseTrigger.RunsEnded or ExerciseTrigger.AllClear => Role.None,
            _ => Role.Facilitator,
        };
    }
}
