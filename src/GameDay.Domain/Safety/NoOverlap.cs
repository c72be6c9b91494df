namespace GameDay.Domain.Safety;

/// <summary>No target carries another fault of ours.</summary>
public sealed class NoOverlap : IGuard
{
    public string Name => "No overlap";

    public GuardAnswer Ask(GuardFacts facts)
    {
        var held = facts.TargetsHeldElsewhere;
        return new(Name, held.Count == 0, held.Count == 0 ? "no target carries another fault" : $"already faulted: {string.Join(", ", held)}", facts.Now);
    }
}
