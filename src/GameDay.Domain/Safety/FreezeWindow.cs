namespace GameDay.Domain.Safety;

/// <summary>A time in which nothing is broken on purpose: a sale, a migration, the end of the month.</summary>
public sealed class FreezeWindow
{
    private FreezeWindow() { }

    public FreezeWindow(Guid id, string name, string reason, DateTimeOffset from, DateTimeOffset to, string by)
    {
        if (to <= from) throw new RuleBroken("FreezeEndsAfterItStarts", "A freeze ends after it starts. Give a later end.");
        (Id, Name, Reason, From, To, SetBy) = (id, name, reason, from, to, by);
    }

    public Guid Id { get; private set; }
    public string Name { get; private set; } = "";
    public string Reason { get; private set; } = "";
    public DateTimeOffset From { get; private set; }
    public DateTimeOffset To { get; private set; }
    public string SetBy { get; private set; } = "";

    public bool Holds(DateTimeOffset at) => at >= From && at < To;

    /// <summary>Ends it now, or takes it back before it begins.</summary>
    public void End(DateTimeOffset at)
    {
        if (at >= To) throw new RuleBroken("FreezeIsOver", $"The freeze '{Name}' is over already.");
        if (at < From) From = at;
        To = at;
    }
}
