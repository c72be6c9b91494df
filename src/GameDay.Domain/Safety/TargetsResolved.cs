namespace GameDay.Domain.Safety;

/// <summary>A selector that matches nothing is a mistake, never a silent success.</summary>
public sealed class TargetsResolved : IGuard
{
    public string Name => "Targets exist";

    public GuardAnswer Ask(GuardFacts facts)
    {
        if (facts.Kind is { NeedsZone: true } kind && facts.Experiment.Targets.Zone is null) return new(Name, false, $"{kind.Id} takes the targets of one zone; name it, e.g. zone: a", facts.Now);
        if (facts.Resolved is not { } resolved) return new(Name, null, facts.ResolveProblem ?? "targets could not be resolved", facts.Now);
        return new(Name, resolved.Chosen.Count > 0, $"{resolved.Chosen.Count} of {resolved.Matching} matching: {string.Join(", ", resolved.Chosen.Select(t => t.Name))}", facts.Now);
    }
}
