namespace GameDay.Domain.Safety;

/// <summary>What starts is what was approved: same workloads, not more pods. Pods themselves come and go between approval and start.</summary>
public sealed class TargetsAsApproved : IGuard
{
    public string Name => "Targets as approved";

    public GuardAnswer Ask(GuardFacts facts)
    {
        if (facts.Resolved is not { } resolved) return new(Name, null, "targets are not resolved", facts.Now);
        if (facts.Approved is not { } approved) return new(Name, false, "no approved list is stored for this experiment; submit the plan again", facts.Now);
        var foreign = resolved.Chosen.Where(t => !approved.Workloads.Contains(t.Owner ?? t.Name, StringComparer.Ordinal)).Select(t => t.Name).ToList();
        if (foreign.Count > 0) return new(Name, false, $"not in the approved workloads ({string.Join(", ", approved.Workloads)}): {string.Join(", ", foreign)}", facts.Now);
        return new(Name, resolved.Chosen.Count <= approved.Pods.Count, $"{resolved.Chosen.Count} pods, {approved.Pods.Count} approved, of {string.Join(", ", approved.Workloads)}", facts.Now);
    }
}
