namespace GameDay.Agent.Options;

/// <summary>The command line is wrong; the message says what and what is allowed.</summary>
public sealed class UsageProblem(string message) : Exception(message);
