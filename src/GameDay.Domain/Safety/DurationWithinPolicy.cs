namespace GameDay.Domain.Safety;

/// <summary>The fault is known, and not longer than policy allows.</summary>
public sealed class DurationWithinPolicy : IGuard
{
    public string Name => "Duration";

    public GuardAnswer Ask(GuardFacts facts)
    {
        if (facts.Kind is null) return new(Name, false, $"unknown fault {facts.Experiment.Fault.Kind}", facts.Now);
        var longest = facts.Policy.LongestFault;
        return new(Name, facts.Experiment.Duration <= longest, $"{facts.Experiment.Duration.TotalSeconds:0} s, policy {facts.Policy.Name} allows {longest.TotalSeconds:0} s", facts.Now);
    }
}
