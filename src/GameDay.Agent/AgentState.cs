namespace GameDay.Agent;

/// <summary>The words of <see cref="Evidence.State"/>; engine and reaper read them.</summary>
public static class AgentState
{
    public const string Active = "active";
    public const string Reverted = "reverted";
    public const string Killed = "killed";
    public const string Late = "late";
    public const string Refused = "refused";
    public const string Leaked = "leaked";
    public const string Clean = "clean";
    public const string Rehearsed = "rehearsed";
    public const string Connected = "connected";
    public const string Unreachable = "unreachable";
}
