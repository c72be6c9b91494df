using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;

namespace GameDay.Domain.Safety;

/// <summary>
/// What starts is what was approved. Pods come and go between approval and start, so another pod of the same workload will do, not more of
/// them; a node or a workload has to be the very one.
/// </summary>
public sealed class TargetsAsApproved : IGuard
{
    public string Name => "Targets as approved";

    public GuardAnswer Ask(GuardFacts facts)
    {
        if (facts.Resolved is not { } resolved) return new(Name, null, "targets are not resolved", facts.Now);
        if (facts.Approved is not { } approved) return new(Name, false, "no approved list is stored for this experiment; submit the plan again", facts.Now);
        var (passed, words) = Compare(facts.Touches, resolved.Chosen, approved);
        return new(Name, passed, words, facts.Now);
    }

    /// <summary>Whether these may be touched under that approval, and how they differ.</summary>
    public static (bool Passed, string Words) Compare(TargetKind kind, IReadOnlyList<FaultTarget> chosen, ApprovedTargets approved) =>
        kind == TargetKind.Pod ? Pods(chosen, approved) : Exactly(chosen, approved);

    private static (bool, string) Pods(IReadOnlyList<FaultTarget> chosen, ApprovedTargets approved)
    {
        var foreign = chosen.Where(t => !approved.Workloads.Contains(t.Owner ?? t.Name, StringComparer.Ordinal)).Select(t => t.Name).ToList();
        if (foreign.Count > 0) return (false, $"not in the approved workloads ({string.Join(", ", approved.Workloads)}): {string.Join(", ", foreign)}");
        var known = approved.Targets.Select(t => t.Uid).ToHashSet(StringComparer.Ordinal);
        var others = known.Count == 0 ? [] : chosen.Where(t => !known.Contains(t.Uid)).Select(t => t.Name).ToList();
        var replaced = others.Count == 0 ? "" : $"; replaced between approval and start, same workload: {string.Join(", ", others)}";
        return (chosen.Count <= approved.Pods.Count, $"{chosen.Count} pods, {approved.Pods.Count} approved, of {string.Join(", ", approved.Workloads)}{replaced}");
    }

    private static (bool, string) Exactly(IReadOnlyList<FaultTarget> chosen, ApprovedTargets approved)
    {
        var off = chosen.Select(t => Difference(t, approved)).OfType<string>().ToList();
        return (off.Count == 0, off.Count == 0 ? $"the very {chosen.Count} approved: {string.Join(", ", chosen.Select(t => t.Name))}" : string.Join("; ", off));
    }

    private static string? Difference(FaultTarget target, ApprovedTargets approved)
    {
        if (approved.Targets.Any(t => t.Uid == target.Uid)) return null;
        return approved.Targets.Any(t => t.Name == target.Name)
            ? $"{target.Name} was replaced between approval and start: it has the name, not the uid; submit the plan again"
            : $"{target.Name} was not approved ({string.Join(", ", approved.Pods)} were); submit the plan again";
    }
}
