namespace GameDay.Agent.Processes;

/// <summary>The processes of the container whose PID namespace the agent shares.</summary>
public interface IProcesses
{
    /// <summary>The target's processes now, the first of them first. Nothing to look at is a <see cref="ProcessProblem"/>.</summary>
    Task<IReadOnlyList<TargetProcess>> ReadAsync(ProcessScope scope, CancellationToken ct);

    /// <summary>SIGKILL for the target's first process, even if it is number 1 of its namespace.</summary>
    Task KillAsync(ProcessScope scope, CancellationToken ct);

    /// <summary>
    /// Stops every thread of the target until it is let go. Whoever holds it may die: the kernel lets go of what a dead tracer held.
    /// </summary>
    Task<IHold> HoldAsync(ProcessScope scope, string id, CancellationToken ct);

    /// <summary>Makes the holder of this injection let go, by force if it does not answer; nothing to do when there is none.</summary>
    Task ReleaseAsync(ProcessScope scope, string id, CancellationToken ct);
}

/// <summary>A target that is stopped; disposing it lets it go.</summary>
public interface IHold : IAsyncDisposable
{
    /// <summary>Ends when nothing is held any more, because the target died or somebody else let it go.</summary>
    Task Ended { get; }
}

/// <summary>Which processes an injection means: the first one and all that descend from it.</summary>
/// <param name="Container">Id of the container, where the pod's containers share one PID namespace.</param>
/// <param name="Pid">The first process itself; without either it is number 1.</param>
public sealed record ProcessScope(string? Container, int? Pid);

/// <summary>One process of the target.</summary>
/// <param name="State">The letter of <c>/proc/PID/stat</c>: <c>S</c> sleeping, <c>R</c> running, <c>T</c> stopped, <c>t</c> held by a tracer …</param>
/// <param name="HeldBy">The injection whose agent holds it, or <c>pid N</c> for another tracer; null when nobody does.</param>
public sealed record TargetProcess(int Pid, string Name, string State, string? HeldBy)
{
    /// <summary>It does not run, whoever stopped it.</summary>
    public bool Stopped => State is "T" or "t";

    /// <summary>As evidence names it.</summary>
    public override string ToString() => $"{Pid} {Name} {State}";
}

/// <summary>The processes could not be read or changed as needed; the message says which and why.</summary>
public sealed class ProcessProblem(string message) : Exception(message);
