using GameDay.Data;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.Findings;
using GameDay.Domain.People;
using GameDay.Web.Requests;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Web.Features.Calendar;

/// <summary>What waits for this person: the list "Needs you".</summary>
public static class GetTasks
{
    [Allow(AllowAttribute.SignedIn)]
    public sealed record Query : IRequest<IReadOnlyList<Row>>;

    /// <param name="Tone"><c>attn</c> when a person must look now, <c>live</c> for a fault that is not proved gone.</param>
    public sealed record Row(string Icon, string Tone, string Title, string Link, string Detail);

    public sealed class Handler(GameDayDbContext db, CurrentUser user) : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        private static readonly ExerciseState[] Open = [ExerciseState.Draft, ExerciseState.InReview, ExerciseState.Approved, ExerciseState.Briefing, ExerciseState.Paused, ExerciseState.Postponed, ExerciseState.Debriefing];

        public async Task<IReadOnlyList<Row>> Handle(Query request, CancellationToken cancellationToken)
        {
            var rows = new List<Row>(await LeaksAsync(cancellationToken));
            var open = await db.Exercises.AsNoTracking().Where(e => Open.Contains(e.State)).OrderByDescending(e => e.CreatedAt).Take(50)
                .Select(e => new Waiting(e.Id, e.Title, e.State, e.AuthorId, e.AuthorName)).ToListAsync(cancellationToken);
            rows.AddRange(open.Select(Task).OfType<Row>());
            if (user.Has(Role.Facilitator)) rows.AddRange(await UnrankedAsync(cancellationToken));
            return [.. rows.OrderByDescending(r => r.Tone.Length > 0).Take(8)];
        }

        private Row? Task(Waiting e) => e.State switch
        {
            ExerciseState.Draft when e.AuthorId == user.Actor.PersonId => Of("edit", e, "Finish", "A draft of yours. Submit it when targets and abort conditions are right."),
            ExerciseState.InReview when user.Has(Role.Approver) && e.AuthorId != user.Actor.PersonId => Of("eye", e, "Review", $"{e.Author} asks for approval.", "attn"),
            ExerciseState.Approved when user.Has(Role.Facilitator) => Of("chat", e, "Brief", "Approved. Open the briefing when people are there."),
            ExerciseState.Briefing when user.Has(Role.Facilitator) => Of("play", e, "Go or no-go:", "The briefing is open.", "attn"),
            ExerciseState.Paused when user.Has(Role.Facilitator) => Of("pause", e, "Resume or finish", "Paused: nothing new starts.", "attn"),
            ExerciseState.Postponed when user.Has(Role.Facilitator) => Of("clock", e, "Find a new date for", "Postponed by a no-go."),
            ExerciseState.Debriefing when user.Has(Role.Facilitator) => Of("report", e, "Debrief", "All clear was given. Rank the findings, then publish.") with { Link = $"/exercises/{e.Id}/report" },
            _ => null,
        };

        private static Row Of(string icon, Waiting e, string verb, string detail, string tone = "") => new(icon, tone, $"{verb} {e.Title}", $"/exercises/{e.Id}", detail);

        private async Task<IEnumerable<Row>> LeaksAsync(CancellationToken ct)
        {
            var leaked = await db.Runs.Where(r => r.State == RunState.Leaked)
                .Join(db.Exercises, r => r.ExerciseId, e => e.Id, (r, e) => new { e.Id, e.Title, r.ExperimentKey }).ToListAsync(ct);
            return leaked.Select(l => new Row("leak", "live", $"A fault of {l.Title} is not proved gone", $"/exercises/{l.Id}/board", $"{l.ExperimentKey}: revert is tried again; the board says how to undo it by hand."));
        }

        private async Task<IEnumerable<Row>> UnrankedAsync(CancellationToken ct)
        {
            var unranked = await db.Findings.CountAsync(f => f.Kind == FindingKind.Weakness && (f.Severity == null || f.Likelihood == null), ct);
            return unranked == 0 ? [] : [new Row("flag", "", $"Rank {unranked} finding{(unranked == 1 ? "" : "s")}", "/findings", "Severity and likelihood are missing; a report is published only with them.")];
        }

        private sealed record Waiting(Guid Id, string Title, ExerciseState State, Guid? AuthorId, string Author);
    }
}
