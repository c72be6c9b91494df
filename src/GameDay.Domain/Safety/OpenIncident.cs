namespace GameDay.Domain.Safety;

/// <summary>A real incident: while one is open nothing is broken on purpose. Real emergencies always win.</summary>
public sealed class OpenIncident
{
    private OpenIncident() { }

    public OpenIncident(Guid id, string title, string by, DateTimeOffset at) => (Id, Title, DeclaredBy, DeclaredAt) = (id, title, by, at);

    public Guid Id { get; private set; }
    /// <summary>What it is and where it is handled.</summary>
    public string Title { get; private set; } = "";
    public string DeclaredBy { get; private set; } = "";
    public DateTimeOffset DeclaredAt { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }
    public string? ClosedBy { get; private set; }

    public void Close(string by, DateTimeOffset at)
    {
        if (ClosedAt is not null) throw new RuleBroken("IncidentIsClosed", $"'{Title}' was closed by {ClosedBy} already.");
        (ClosedAt, ClosedBy) = (at, by);
    }
}
