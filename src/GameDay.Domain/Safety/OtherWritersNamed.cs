namespace GameDay.Domain.Safety;

/// <summary>Names the autoscalers and deployers that may undo a fault or fight it. It warns and never refuses: that they do is often what is to be learned.</summary>
public sealed class OtherWritersNamed : IGuard
{
    public string Name => "Other writers";

    public GuardAnswer Ask(GuardFacts facts) => facts.OtherWriters switch
    {
        null => new(Name, true, "not known whether an autoscaler or deployer writes to the targets", facts.Now) { Warns = true },
        { Count: 0 } => new(Name, true, "no autoscaler and no deployer writes to the targets", facts.Now),
        var writers => new(Name, true, string.Join("; ", writers.Select(w => $"{w.Who} writes to {w.Of}: {w.Words}")), facts.Now) { Warns = true },
    };
}
