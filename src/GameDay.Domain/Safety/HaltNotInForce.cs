namespace GameDay.Domain.Safety;

/// <summary>While Halt is in force nothing starts.</summary>
public sealed class HaltNotInForce : IGuard
{
    public string Name => "Halt not in force";

    public GuardAnswer Ask(GuardFacts facts)
    {
        if (facts.HaltInForce is not { } halted) return new(Name, null, "the cluster did not say whether its halt object exists", facts.Now);
        return new(Name, !halted, halted ? "Halt is in force; an administrator or facilitator releases it with a reason" : "no halt", facts.Now);
    }
}
