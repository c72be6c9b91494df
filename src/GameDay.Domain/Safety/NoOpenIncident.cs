namespace GameDay.Domain.Safety;

/// <summary>Looks both ways: while a real incident is open nothing is broken on purpose.</summary>
public sealed class NoOpenIncident : IGuard
{
    public string Name => "Open incident";

    public GuardAnswer Ask(GuardFacts facts)
    {
        if (facts.Incidents is not { } incidents) return new(Name, null, "the open incidents could not be read", facts.Now);
        var open = incidents.Where(i => i.ClosedAt is null).Select(i => $"'{i.Title}', declared by {i.DeclaredBy} at {i.DeclaredAt:yyyy-MM-dd HH:mm} UTC").ToList();
        return new(Name, open.Count == 0, open.Count == 0 ? "none is declared" : $"{string.Join("; ", open)}. Close it in the settings once it is over", facts.Now);
    }
}
