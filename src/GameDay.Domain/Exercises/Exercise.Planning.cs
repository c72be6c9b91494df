using GameDay.Domain.People;
using GameDay.Domain.Plugins;
using static GameDay.Domain.Exercises.ExerciseTrigger;

namespace GameDay.Domain.Exercises;

/// <summary>From draft to go: each act lists its rules, then does it.</summary>
public sealed partial class Exercise
{
    public void Edit(ExercisePlan plan, Actor by)
    {
        PlanRules.Check(PlanRules.PlanIsNotFrozen(this));
        var binding = plan.Hash() != PlanHash;
        Adopt(plan);
        if (binding && ExerciseLifecycle.Allows(State, ExerciseTrigger.Edit))
        {
            _approvals.Clear();
            Move(ExerciseTrigger.Edit, by, "Plan changed in what approvals bind to: approvals are void");
        }
        else
        {
            Record(EntryKind.ExerciseState, by, "Plan edited");
        }
    }

    public void Submit(IReadOnlyList<ApprovedTargets> resolved, Actor by)
    {
        PlanRules.Check(PlanRules.HasExperiments(Plan), PlanRules.EveryExperimentHasAbortCondition(Plan), PlanRules.EveryExperimentHasProbes(Plan), PlanRules.DurationsWithinPolicy(Plan, Policy));
        _targets.Clear();
        _targets.AddRange(resolved);
        Move(ExerciseTrigger.Submit, by, "Submitted for review");
    }

    /// <summary>Resolves again what reviewers see; only while it is not approved yet.</summary>
    public void ShowTargets(IReadOnlyList<ApprovedTargets> resolved)
    {
        PlanRules.Check(PlanRules.PlanIsNotFrozen(this));
        _targets.Clear();
        _targets.AddRange(resolved);
    }

    /// <summary>The first approval approves; further ones until the start add people who had a hand in it.</summary>
    /// <param name="seenHash">The hash the approver's page showed; another hash means the plan changed meanwhile.</param>
    public void Approve(string seenHash, string? comment, Actor by, DateTimeOffset at)
    {
        PlanRules.Check(PlanRules.ApproverIsNotAuthor(this, by), PlanRules.ApproverSawThisPlan(this, seenHash), PlanRules.ApprovesOnce(this, by));
        var text = $"Approved plan {PlanHash}{(string.IsNullOrWhiteSpace(comment) ? "" : $": {comment}")}";
        var isFurther = State is ExerciseState.Approved or ExerciseState.Briefing;
        if (isFurther) Record(EntryKind.Approval, by, text);
        else Move(ExerciseTrigger.Approve, by, text);
        _approvals.Add(new Approval(by.PersonId ?? Guid.Empty, by.Name, PlanHash, at, comment, Approved: true));
        if (!isFurther) Notify(NoticeKind.Announcement, Notices.Announcement(this));
    }

    /// <summary>The same plan was approved before, in the browser; its run from the command line needs no second approval.</summary>
    public void ApproveAsStored(IReadOnlyList<Approval> stored, Actor by)
    {
        PlanRules.Check(PlanRules.StoredApprovalsAreForThisPlan(this, stored));
        Move(ExerciseTrigger.Approve, by, $"Plan {PlanHash} was approved by {string.Join(", ", stored.Select(s => s.Name))}");
        _approvals.AddRange(stored);
        Notify(NoticeKind.Announcement, Notices.Announcement(this));
    }

    /// <summary>Policy allows this plan to run without an approval (command line, sandbox).</summary>
    public void ApproveUnattended(Actor by, DateTimeOffset at)
    {
        PlanRules.Check(PlanRules.PolicyAllowsUnattended(Policy));
        Move(ExerciseTrigger.Approve, by, $"Policy '{Policy.Name}' lets plan {PlanHash} run unattended");
        _approvals.Add(new Approval(Guid.Empty, $"policy {Policy.Name}", PlanHash, at, null, Approved: true));
        Notify(NoticeKind.Announcement, Notices.Announcement(this));
    }

    /// <summary>Runs without a reaper, as was asked for on the command line: then only faults bound to a pod start.</summary>
    public void RunWithoutReaper(Actor by)
    {
        PlanRules.Check(PlanRules.PlanIsNotFrozen(this));
        Policy = Policy with { NeedsReaper = false };
        Record(EntryKind.Safety, by, "Runs without a reaper: only faults bound to a pod may start");
    }

    public void Reject(string comment, Actor by, DateTimeOffset at)
    {
        PlanRules.Check(PlanRules.ApproverIsNotAuthor(this, by));
        Move(ExerciseTrigger.Reject, by, $"Sent back: {comment}");
        _approvals.Add(new Approval(by.PersonId ?? Guid.Empty, by.Name, PlanHash, at, comment, Approved: false));
    }

    public void Brief(Actor by) => Move(ExerciseTrigger.Brief, by, "Briefing opened");

    public void NoGo(string reason, Actor by) => Move(ExerciseTrigger.NoGo, by, $"No-go: {reason}");

    public void Reschedule(DateTimeOffset startsAt, DateTimeOffset? endsAt, Actor by)
    {
        StartsAt = startsAt;
        EndsAt = endsAt;
        Move(ExerciseTrigger.Reschedule, by, $"New date {startsAt:u}");
    }

    public void Cancel(string reason, Actor by, DateTimeOffset at)
    {
        Move(ExerciseTrigger.Cancel, by, $"Cancelled: {reason}");
        EndedAt = at;
    }
}
