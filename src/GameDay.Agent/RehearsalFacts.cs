namespace GameDay.Agent;

/// <summary>What a rehearsal saw of the pod it runs in. What is absent is not known.</summary>
public sealed record RehearsalFacts
{
    /// <summary>The kernel's release, as <c>uname -r</c>.</summary>
    public string? Release { get; init; }

    /// <summary>Of the agent's process: x64, arm64.</summary>
    public string? Architecture { get; init; }

    /// <summary>A runtime that is not the node's own kernel: <c>gVisor</c> or <c>Kata</c>.</summary>
    public string? Runtime { get; init; }

    /// <summary>User id the agent runs as.</summary>
    public int? Uid { get; init; }

    /// <summary>CAP_NET_ADMIN is effective: without it no network fault.</summary>
    public bool? NetAdmin { get; init; }

    /// <summary>CAP_SYS_PTRACE is effective: it kills a PID 1 of another user.</summary>
    public bool? SysPtrace { get; init; }

    /// <summary>nft is there and the kernel takes sets whose elements end by themselves: it holds the deadline.</summary>
    public bool? TimedSets { get; init; }

    /// <summary>Tables can be owned by a process: the delay proxy can be used.</summary>
    public bool? OwnerTables { get; init; }

    /// <summary>The kernel has this qdisc.</summary>
    public bool? Netem { get; init; }

    /// <summary>The kernel has this qdisc.</summary>
    public bool? Htb { get; init; }

    /// <summary>The kernel has this qdisc.</summary>
    public bool? Tbf { get; init; }

    /// <summary>The device of the default route.</summary>
    public string? Device { get; init; }

    /// <summary>Its root qdisc as <c>kind handle</c>; handle <c>0:</c> is the kernel's own choice.</summary>
    public string? RootQdisc { get; init; }

    /// <summary>The gateways, which are never touched.</summary>
    public IReadOnlyList<string>? Gateways { get; init; }

    /// <summary>What redirects connections already.</summary>
    public string? Mesh { get; init; }

    /// <summary>Seconds since the kernel started.</summary>
    public double? UptimeSeconds { get; init; }

    /// <summary>Who ends a network fault when every process is dead: <c>kernel</c>, or <c>nobody</c>, so that it is refused.</summary>
    public string? DeadlineHeldBy { get; init; }

    /// <summary>Why network faults would be refused here; for a person to read.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}
