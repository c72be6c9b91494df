namespace GameDay.Kubernetes;

public sealed record V1Container
{
    public string? Name { get; init; }
    public string? Image { get; init; }
    public string? ImagePullPolicy { get; init; }
    public IReadOnlyList<string>? Command { get; init; }
    public IReadOnlyList<string>? Args { get; init; }
    public IReadOnlyList<V1EnvVar>? Env { get; init; }
    public IReadOnlyList<V1ContainerPort>? Ports { get; init; }
    public V1ResourceRequirements? Resources { get; init; }
    public V1SecurityContext? SecurityContext { get; init; }
}

/// <summary>A container added to a running pod. It can never be changed, removed or used again under the same name.</summary>
public sealed record V1EphemeralContainer
{
    public required string Name { get; init; }
    public string? Image { get; init; }
    public string? ImagePullPolicy { get; init; }

    /// <summary>Shares this container's processes, and dies with it. Network faults leave it unset (revert protocol, rule 5).</summary>
    public string? TargetContainerName { get; init; }
    public IReadOnlyList<string>? Command { get; init; }
    public IReadOnlyList<string>? Args { get; init; }
    public IReadOnlyList<V1EnvVar>? Env { get; init; }
    public V1SecurityContext? SecurityContext { get; init; }
    public string? TerminationMessagePath { get; init; }
    public string? TerminationMessagePolicy { get; init; }
}

public sealed record V1EnvVar(string Name, string? Value = null);

public sealed record V1ContainerPort(int ContainerPort, string? Name = null, string? Protocol = null);

public sealed record V1ResourceRequirements
{
    public IReadOnlyDictionary<string, string>? Limits { get; init; }
    public IReadOnlyDictionary<string, string>? Requests { get; init; }
}

public sealed record V1SecurityContext
{
    public long? RunAsUser { get; init; }
    public long? RunAsGroup { get; init; }
    public bool? RunAsNonRoot { get; init; }
    public bool? Privileged { get; init; }
    public bool? AllowPrivilegeEscalation { get; init; }
    public bool? ReadOnlyRootFilesystem { get; init; }
    public V1Capabilities? Capabilities { get; init; }
    public V1SeccompProfile? SeccompProfile { get; init; }
}

public sealed record V1Capabilities
{
    public IReadOnlyList<string>? Add { get; init; }
    public IReadOnlyList<string>? Drop { get; init; }
}

public sealed record V1SeccompProfile(string Type, string? LocalhostProfile = null);

public sealed record V1ContainerStatus
{
    public string? Name { get; init; }
    public string? Image { get; init; }
    public string? ContainerID { get; init; }
    public bool? Ready { get; init; }
    public int RestartCount { get; init; }
    public V1ContainerState? State { get; init; }
    public V1ContainerState? LastState { get; init; }
}

public sealed record V1ContainerState
{
    public V1ContainerStateWaiting? Waiting { get; init; }
    public V1ContainerStateRunning? Running { get; init; }
    public V1ContainerStateTerminated? Terminated { get; init; }
}

public sealed record V1ContainerStateWaiting(string? Reason = null, string? Message = null);

public sealed record V1ContainerStateRunning(DateTimeOffset? StartedAt = null);

public sealed record V1ContainerStateTerminated
{
    public int ExitCode { get; init; }
    public string? Reason { get; init; }

    /// <summary>What the container wrote to its termination log, 4 kB at most: evidence that needs neither exec nor logs.</summary>
    public string? Message { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
}
