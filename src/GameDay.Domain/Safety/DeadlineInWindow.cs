namespace GameDay.Domain.Safety;

/// <summary>The fault is over before the exercise's window ends and before the next freeze begins.</summary>
public sealed class DeadlineInWindow : IGuard
{
    public string Name => "Deadline in the window";

    public GuardAnswer Ask(GuardFacts facts)
    {
        if (facts.Freezes is not { } freezes) return new(Name, null, "the freeze windows could not be read", facts.Now);
        var gone = $"gone by {facts.Ends:HH:mm:ss} UTC";
        if (facts.Plan.EndsAt is { } end && facts.Ends > end) return new(Name, false, $"{gone}, and the window ends {end.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC; shorten the fault or move the window", facts.Now);
        if (freezes.FirstOrDefault(f => f.From > facts.Begins && f.From < facts.Ends && f.To > f.From) is { } freeze) return new(Name, false, $"{gone}, and the freeze '{freeze.Name}' begins {freeze.From:HH:mm:ss} UTC", facts.Now);
        return new(Name, true, facts.Plan.EndsAt is { } until ? $"{gone}, the window ends {until.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC" : $"{gone}; the exercise has no planned end", facts.Now);
    }
}
