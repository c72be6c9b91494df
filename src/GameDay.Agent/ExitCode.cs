namespace GameDay.Agent;

/// <summary>What the container's exit code says when nobody can read the evidence.</summary>
public static class ExitCode
{
    /// <summary>The command line was wrong; nothing was touched.</summary>
    public const int Usage = 2;

    /// <summary>0 clean or as asked · 1 unreachable · 3 refused · 4 late · 5 leaked.</summary>
    public static int Of(string state) => state switch
    {
        AgentState.Unreachable => 1,
        AgentState.Refused => 3,
        AgentState.Late => 4,
        AgentState.Leaked => 5,
        _ => 0,
    };
}
