namespace GameDay.Domain.Safety;

/// <summary>In a freeze window nothing is broken on purpose.</summary>
public sealed class NotInFreeze : IGuard
{
    public string Name => "Freeze window";

    public GuardAnswer Ask(GuardFacts facts)
    {
        if (facts.Freezes is not { } freezes) return new(Name, null, "the freeze windows could not be read", facts.Now);
        if (freezes.FirstOrDefault(f => f.Holds(facts.Begins)) is { } held) return new(Name, false, $"'{held.Name}' until {held.To:yyyy-MM-dd HH:mm} UTC, set by {held.SetBy}: {held.Reason}", facts.Now);
        var next = freezes.Where(f => f.From > facts.Begins).MinBy(f => f.From);
        return new(Name, true, next is null ? "no freeze is planned" : $"none now; the next is '{next.Name}' from {next.From:yyyy-MM-dd HH:mm} UTC", facts.Now);
    }
}
