namespace GameDay.Kubernetes;

/// <summary>How a command in a container ended.</summary>
public sealed record ExecResult(int ExitCode, string Stdout, string Stderr);
