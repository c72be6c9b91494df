namespace GameDay.Domain.Safety;

/// <summary>No more than the share of a workload that policy allows.</summary>
public sealed class BlastRadius : IGuard
{
    public string Name => "Blast radius";

    public GuardAnswer Ask(GuardFacts facts)
    {
        if (facts.Resolved is not { Matching: > 0 } resolved) return new(Name, null, "targets are not resolved", facts.Now);
        var percent = 100 * resolved.Chosen.Count / resolved.Matching;
        return new(Name, percent <= facts.Policy.MaxPercent, $"{percent} % of {resolved.Matching} pods, policy {facts.Policy.Name} allows {facts.Policy.MaxPercent} %", facts.Now);
    }
}
