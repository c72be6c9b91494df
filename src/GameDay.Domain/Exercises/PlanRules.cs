using GameDay.Domain.People;
using GameDay.Domain.Plugins;
using GameDay.Domain.Safety;

namespace GameDay.Domain.Exercises;

/// <summary>Rules of planning and running as named objects. Null means kept; a message means broken.</summary>
public static class PlanRules
{
    public sealed record Rule(string Name, string? Broken);

    public static void Check(params ReadOnlySpan<Rule> rules)
    {
        foreach (var rule in rules)
            if (rule.Broken is { } message) throw new RuleBroken(rule.Name, message);
    }

    public static Rule PlanIsNotFrozen(Exercise e) => new(nameof(PlanIsNotFrozen),
        e.IsLive || e.State is ExerciseState.Debriefing or ExerciseState.Published or ExerciseState.Closed or ExerciseState.Cancelled
            ? $"The plan is frozen while the exercise is {e.State}. Copy it into a new exercise to change it." : null);

    public static Rule HasExperiments(ExercisePlan plan) => new(nameof(HasExperiments),
        plan.Experiments.Count == 0 ? "The plan has no experiment. Add one: a hypothesis, targets, a fault and an abort condition." : null);

    public static Rule EveryExperimentHasAbortCondition(ExercisePlan plan) => new(nameof(EveryExperimentHasAbortCondition),
        plan.Experiments.FirstOrDefault(e => e.AbortWhen.Count == 0) is { } bare ? $"Experiment '{bare.Title}' has no abort condition. Say which probe ends it early." : null);

    public static Rule EveryExperimentHasProbes(ExercisePlan plan) => new(nameof(EveryExperimentHasProbes),
        plan.Experiments.FirstOrDefault(e => e.Probes.Count == 0) is { } bare ? $"Experiment '{bare.Title}' has no probe, so its hypothesis cannot be judged. Add one with a tolerance." : null);

    public static Rule DurationsWithinPolicy(ExercisePlan plan, Policy policy) => new(nameof(DurationsWithinPolicy),
        plan.Experiments.FirstOrDefault(e => e.Duration > policy.LongestFault) is { } e ? $"The fault of '{e.Title}' lasts {e.Duration}, policy '{policy.Name}' allows {policy.LongestFault}. Shorten it." : null);

    public static Rule ApproverIsNotAuthor(Exercise e, Actor by) => new(nameof(ApproverIsNotAuthor),
        by.PersonId is null || by.PersonId == e.AuthorId ? "The author cannot approve their own plan. Ask another approver." : null);

    public static Rule ApproverSawThisPlan(Exercise e, string seen) => new(nameof(ApproverSawThisPlan),
        seen != e.PlanHash ? $"The plan changed while you were reading it (you saw {seen}, it is now {e.PlanHash}). Look at it again before you approve." : null);

    public static Rule ApprovesOnce(Exercise e, Actor by) => new(nameof(ApprovesOnce),
        e.Approvals.Any(a => a.Approved && a.PersonId == by.PersonId && a.PlanHash == e.PlanHash) ? "You approved this plan already. Policy may want another person's approval." : null);

    public static Rule StoredApprovalsAreForThisPlan(Exercise e, IReadOnlyList<Approval> stored) => new(nameof(StoredApprovalsAreForThisPlan),
        stored.Count > 0 && stored.All(s => s.Approved && s.PlanHash == e.PlanHash) ? null : $"No approval is stored for plan {e.PlanHash}. Have it approved in the browser.");

    public static Rule NoticeWasGiven(Exercise e, DateTimeOffset at) => new(nameof(NoticeWasGiven),
        e.Approvals.Where(a => a.Approved && a.PlanHash == e.PlanHash).Select(a => (DateTimeOffset?)a.At).Min() + e.Policy.Notice is { } from && at < from
            ? $"Policy '{e.Policy.Name}' gives people {e.Policy.Notice.TotalHours:0} hours between approval and start: not before {from:yyyy-MM-dd HH:mm} UTC." : null);

    public static Rule PolicyAllowsUnattended(Policy policy) => new(nameof(PolicyAllowsUnattended),
        policy.Unattended ? null : $"Policy '{policy.Name}' needs a stored approval for this plan. Have it approved in the browser first.");

    public static Rule ApprovalIsForThisPlan(Exercise e) => new(nameof(ApprovalIsForThisPlan),
        e.Approvals.Any(a => a.Approved && a.PlanHash == e.PlanHash) ? null : $"No approval is stored for plan {e.PlanHash}. Have it approved again.");

    public static Rule EnoughPeople(Exercise e, Actor by) => new(nameof(EnoughPeople), PeopleIn(e, by) < e.Policy.MinPeople && !Unattended(e)
        ? $"Policy '{e.Policy.Name}' wants at least {e.Policy.MinPeople} people with a hand in it (author, approvers, facilitator); there are {PeopleIn(e, by)}. Ask somebody else to approve or start it." : null);

    public static Rule NothingLeftBehind(IReadOnlyList<Leftover> leftovers) => new(nameof(NothingLeftBehind),
        leftovers.Count == 0 ? null : $"All clear is refused while a fault may be in place: {string.Join("; ", leftovers.Select(l => $"{l.Object} ({l.MadeBy})"))}. Run './gameday sweep' for how to undo it by hand, or sign it over as a real incident on the run board.");

    public static Rule IncidentIsSigned(string reason) => new(nameof(IncidentIsSigned),
        string.IsNullOrWhiteSpace(reason) ? "Say who handles the incident and where." : null);

    public static Rule SomethingIsLeft(IReadOnlyList<string> left) => new(nameof(SomethingIsLeft),
        left.Count == 0 ? "Nothing is left behind: give the all clear instead." : null);

    public static Rule EveryFindingIsTriaged(int untriaged) => new(nameof(EveryFindingIsTriaged),
        untriaged == 0 ? null : $"{untriaged} finding(s) have no severity and likelihood yet. Rank them, then publish.");

    private static int PeopleIn(Exercise e, Actor by) =>
        e.Approvals.Where(a => a.Approved).Select(a => a.PersonId).Append(e.AuthorId ?? Guid.Empty).Append(by.PersonId ?? Guid.Empty).Distinct().Count();

    private static bool Unattended(Exercise e) => e.Policy.Unattended && e.Approvals.Any(a => a.PersonId == Guid.Empty);
}
