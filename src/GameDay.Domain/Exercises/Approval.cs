namespace GameDay.Domain.Exercises;

/// <summary>One person's approval, bound to the plan's hash at that moment. An edit of what the hash covers voids it.</summary>
public sealed record Approval(Guid PersonId, string Name, string PlanHash, DateTimeOffset At, string? Comment, bool Approved);

/// <summary>Targets of one experiment as shown to the approvers; compared again at the start.</summary>
/// <param name="Pods">Names of the targets, whatever their kind.</param>
public sealed record ApprovedTargets(string ExperimentKey, int Matching, IReadOnlyList<string> Workloads, IReadOnlyList<string> Pods)
{
    /// <summary>Who they are; empty in what was approved before this was kept.</summary>
    public IReadOnlyList<ApprovedTarget> Targets { get; init; } = [];

    /// <summary>The chance by which they were chosen; the run draws with it again.</summary>
    public int Seed { get; init; }
}

/// <param name="Kind">Pod, Node, or a workload's kind.</param>
public sealed record ApprovedTarget(string Kind, string Name, string Uid, string? Owner, string? Node, string? Zone);
