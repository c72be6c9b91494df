namespace GameDay.Domain.Safety;

/// <summary>Every probe is in tolerance now. No data is not steady: blind means no start.</summary>
public sealed class SteadyState : IGuard
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(15);

    public string Name => "Steady state";

    public GuardAnswer Ask(GuardFacts facts)
    {
        if (facts.Probes is not { Count: > 0 } probes) return new(Name, null, "no probe was read", facts.Now);
        var oldest = probes.Min(p => p.At);
        if (facts.Now - oldest > Fresh) return new(Name, null, $"the last reading is {(facts.Now - oldest).TotalSeconds:0} s old", oldest);
        var off = probes.Where(p => !p.InTolerance).ToList();
        return new(Name, off.Count == 0, string.Join("; ", (off.Count > 0 ? off : probes).Select(p => p.InWords)), oldest);
    }
}
