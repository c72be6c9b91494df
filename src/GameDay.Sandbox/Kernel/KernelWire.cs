namespace GameDay.Sandbox.Kernel;

/// <summary>One line from an agent: a tool call, a connection attempt, a file to read, or something about processes.</summary>
internal sealed record KernelQuestion(string? Program, IReadOnlyList<string>? Args, string? Stdin, WantedConnection? Connect, ProcessQuestion? Process, string? Read);

/// <summary>A connection to try from the pod's own address.</summary>
internal sealed record WantedConnection(string Address, int Port, int TimeoutMs);

/// <summary>One line back.</summary>
internal sealed record KernelReply(int Exit, string? Stdout, string? Stderr, bool Connected, double Ms, string? Error)
{
    public IReadOnlyList<ProcessState>? Processes { get; init; }
}

/// <summary>What to do with a container's processes: <c>read</c>, <c>kill</c>, <c>hold</c> until the line closes, <c>release</c>.</summary>
internal sealed record ProcessQuestion(string Verb, string Container, string Id);

/// <summary>One process: its state's letter, and the injection that holds it.</summary>
internal sealed record ProcessState(int Pid, string Name, string State, string? HeldBy);
