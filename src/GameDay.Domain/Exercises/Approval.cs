namespace GameDay.Domain.Exercises;

/// <summary>One person's approval, bound to the plan's hash at that moment. An edit of what the hash covers voids it.</summary>
public sealed record Approval(Guid PersonId, string Name, string PlanHash, DateTimeOffset At, string? Comment, bool Approved);

/// <summary>Targets of one experiment as shown to the approvers; compared again at the start.</summary>
public sealed record ApprovedTargets(string ExperimentKey, int Matching, IReadOnlyList<string> Workloads, IReadOnlyList<string> Pods);
