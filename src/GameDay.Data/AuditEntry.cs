namespace GameDay.Data;

/// <summary>A change that belongs to no exercise's timeline: halt, people, settings. Append-only.</summary>
public sealed class AuditEntry
{
    private AuditEntry() { }

    public AuditEntry(string by, string action, string subject, string? before, string? after)
    {
        By = by;
        Action = action;
        Subject = subject;
        Before = before;
        After = after;
    }

    public long Number { get; private set; }
    /// <summary>Database clock.</summary>
    public DateTimeOffset At { get; private set; }
    public string By { get; private set; } = "";
    public string Action { get; private set; } = "";
    public string Subject { get; private set; } = "";
    public string? Before { get; private set; }
    public string? After { get; private set; }
}
