namespace GameDay.Data;

/// <summary>The one row about this installation: who it is in clusters, and whether Halt is in force.</summary>
public sealed class Installation
{
    public const int OnlyRow = 1;

    private Installation() { }

    public int Id { get; private set; }
    /// <summary>Written on every object GameDay makes; made once by the first migration.</summary>
    public string InstallationId { get; private set; } = "";
    public bool HaltEngaged { get; private set; }
    public string? HaltReason { get; private set; }
    public string? HaltBy { get; private set; }
    public DateTimeOffset? HaltAt { get; private set; }

    public void Halt(string reason, string by, DateTimeOffset at) { HaltEngaged = true; HaltReason = reason; HaltBy = by; HaltAt = at; }

    public void Release(string reason, string by, DateTimeOffset at) { HaltEngaged = false; HaltReason = reason; HaltBy = by; HaltAt = at; }
}
