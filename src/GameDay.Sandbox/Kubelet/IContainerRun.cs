using GameDay.Sandbox.Network;

namespace GameDay.Sandbox.Kubelet;

/// <summary>One run of a container's process.</summary>
internal interface IContainerRun
{
    /// <summary>Holds the process when somebody stops it.</summary>
    Freezer Process { get; }

    /// <summary>SIGTERM: finish what is in flight, at most for the grace period.</summary>
    Task DrainAsync(TimeSpan grace, CancellationToken killed);

    /// <summary>SIGKILL.</summary>
    Task KillAsync();
}

/// <summary>A process of an image that exists by name only: it is there and does nothing.</summary>
internal sealed class IdleRun : IContainerRun
{
    public Freezer Process { get; } = new();

    public Task DrainAsync(TimeSpan grace, CancellationToken killed) => Task.CompletedTask;

    public Task KillAsync() => Task.CompletedTask;
}
