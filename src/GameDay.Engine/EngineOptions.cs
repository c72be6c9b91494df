namespace GameDay.Engine;

/// <summary>Times of the run loop; the defaults are the revert protocol's and fit together, so change them in tests only.</summary>
public sealed record EngineOptions
{
    /// <summary>Shown as the owner of a run. Unique per process.</summary>
    public string Node { get; init; } = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..6]}";
    /// <summary>How long a row lease holds without renewal, by the database clock. Default: 6 seconds.</summary>
    public TimeSpan LeaseFor { get; init; } = TimeSpan.FromSeconds(6);
    /// <summary>Default: 2 seconds.</summary>
    public TimeSpan RenewEvery { get; init; } = TimeSpan.FromSeconds(2);
    /// <summary>Own monotonic age of the lease above which nothing is sent any more. Default: 6 seconds.</summary>
    public TimeSpan SendWithin { get; init; } = TimeSpan.FromSeconds(6);
    /// <summary>A run's sign of life in its cluster. Default: every 2 seconds.</summary>
    public TimeSpan BeatEvery { get; init; } = TimeSpan.FromSeconds(2);
    /// <summary>It is given only while the row lease was renewed in this time. Default: 4 seconds.</summary>
    public TimeSpan BeatWithin { get; init; } = TimeSpan.FromSeconds(4);
    /// <summary>PostgreSQL away for longer: the node reverts its own live injections from memory and ledger. Default: 10 seconds.</summary>
    public TimeSpan ActAloneAfter { get; init; } = TimeSpan.FromSeconds(10);
    /// <summary>Longest gap after which a run found in Observing goes on observing. Default: 20 seconds.</summary>
    public TimeSpan ObserveAfterGapOf { get; init; } = TimeSpan.FromSeconds(20);
    /// <summary>Longest wait for the journal. A database that hangs counts as away; no revert waits for it. Default: 5 seconds.</summary>
    public TimeSpan JournalWithin { get; init; } = TimeSpan.FromSeconds(5);
    /// <summary>How long past the first fault's deadline others may still be injected; then all are reverted. Default: 5 seconds.</summary>
    public TimeSpan OverdueAfter { get; init; } = TimeSpan.FromSeconds(5);
    /// <summary>After this long a request whose answer was lost can no longer land. Default: 8 seconds (server 5, client 7).</summary>
    public TimeSpan NothingLandsAfter { get; init; } = TimeSpan.FromSeconds(8);
    /// <summary>From the entry's creation; an injection must not begin later. Default: 30 seconds.</summary>
    public TimeSpan NotAfter { get; init; } = TimeSpan.FromSeconds(30);
    /// <summary>Longest single call of a fault. Default: 45 seconds.</summary>
    public TimeSpan CallWithin { get; init; } = TimeSpan.FromSeconds(45);
    /// <summary>A revert that is not proved after this long is a leak. Default: 20 seconds.</summary>
    public TimeSpan LeakAfter { get; init; } = TimeSpan.FromSeconds(20);
    /// <summary>First and longest pause between two reverts of a leak. Defaults: 2 and 15 seconds.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(2);
    public TimeSpan RetryAtMost { get; init; } = TimeSpan.FromSeconds(15);
    /// <summary>Beyond the policy's steady time, how long a baseline may take to become steady. Default: 30 seconds.</summary>
    public TimeSpan BaselinePatience { get; init; } = TimeSpan.FromSeconds(30);
    /// <summary>How many targets are injected at once within a step of the ramp. Default: 16.</summary>
    public int AtOnce { get; init; } = 16;
    /// <summary>How many of a batch share one claim, and with it the time by which they must have begun. Default: 1000.</summary>
    public int ClaimTogether { get; init; } = 1000;
    /// <summary>How many are reverted at once: going back is never held up. Default: 50.</summary>
    public int RevertAtOnce { get; init; } = 50;
    /// <summary>How long a start waits for a reaper that was started together with the app. Default: 20 seconds.</summary>
    public TimeSpan ReaperStartsWithin { get; init; } = TimeSpan.FromSeconds(20);
    /// <summary>Where people reach this GameDay; notices and issues link to it. Null: no links.</summary>
    public Uri? PublicAddress { get; init; }
    /// <summary>Quartz' scheduler runs. Tests without it start faster.</summary>
    public bool Schedule { get; init; } = true;
}
