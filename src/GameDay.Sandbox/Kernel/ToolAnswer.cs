namespace GameDay.Sandbox.Kernel;

/// <summary>What a tool prints and how it exits.</summary>
public sealed record ToolAnswer(int Exit, string Stdout = "", string Stderr = "")
{
    /// <summary>Done, nothing to say.</summary>
    public static readonly ToolAnswer Done = new(0);
}

/// <summary>A call the tool refuses; the message is the tool's own words.</summary>
public sealed class ToolRefusal(int exit, string stderr) : Exception(stderr)
{
    /// <summary>The tool's exit code.</summary>
    public int Exit { get; } = exit;
}
