namespace GameDay.Sandbox.Kernel;

/// <summary>One line from an agent: a tool call or a connection attempt.</summary>
internal sealed record KernelQuestion(string? Program, IReadOnlyList<string>? Args, string? Stdin, WantedConnection? Connect);

/// <summary>A connection to try from the pod's own address.</summary>
internal sealed record WantedConnection(string Address, int Port, int TimeoutMs);

/// <summary>One line back.</summary>
internal sealed record KernelReply(int Exit, string? Stdout, string? Stderr, bool Connected, double Ms, string? Error);
