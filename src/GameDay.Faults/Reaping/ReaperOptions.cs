namespace GameDay.Faults.Reaping;

/// <summary>What one reaper may do and how patient it is. All times are its own monotonic clock's.</summary>
public sealed record ReaperOptions
{
    /// <summary>Names its Lease, so a DNS label; two replicas need two names.</summary>
    public required string Name { get; init; }

    /// <summary>Whose entries it may act on.</summary>
    public required string Installation { get; init; }

    /// <summary>Where it runs, for the guard that keeps reapers outside of a blast radius.</summary>
    public string? Node { get; init; }

    /// <summary>GameDay's own namespace in the cluster. Default: gameday.</summary>
    public string Namespace { get; init; } = "gameday";

    /// <summary>Namespaces it may act in; empty, the default, is all but the protected ones.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>Kinds it may end; empty, the default, is all it knows.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>A run whose Lease has shown no change for this long has lost its engine. Default: 20 seconds.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>What a living engine gets to end its own fault. Default: 3 seconds.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Longest time between two readings of the ledger. Default: 1 second.</summary>
    public TimeSpan Round { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Between two searches for marked objects that no entry speaks for. Default: 5 seconds.</summary>
    public TimeSpan Search { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Between two sweeps of old proved entries. Default: 1 minute.</summary>
    public TimeSpan Sweep { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Between two reports of its own life. Default: 3 seconds.</summary>
    public TimeSpan Report { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Faults ended at the same time. Default: 32.</summary>
    public int AtOnce { get; init; } = 32;

    /// <summary>Longest single attempt. Default: 60 seconds.</summary>
    public TimeSpan AttemptWithin { get; init; } = TimeSpan.FromSeconds(60);
}
