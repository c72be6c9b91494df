namespace GameDay.Agent.Network;

/// <summary>What was seen of an effect.</summary>
public sealed record Measurement
{
    /// <summary>The words for <see cref="By"/> when new connections were tried.</summary>
    public const string Connects = "connect";

    /// <summary>The words for <see cref="By"/> when the kernel's own counters show it.</summary>
    public const string KernelCounters = "counters";

    /// <summary>How it was seen; null when it was not.</summary>
    public string? By { get; init; }

    /// <summary>Why it was not seen; null when it was.</summary>
    public string? Not { get; init; }

    /// <summary>Median connect time, in milliseconds.</summary>
    public double? EffectMs { get; init; }

    /// <summary>New connections tried, and how many of them got no answer.</summary>
    public int? Attempts { get; init; }

    /// <summary>Of <see cref="Attempts"/>, those without an answer.</summary>
    public int? Lost { get; init; }

    /// <summary>What the kernel counted.</summary>
    public EffectCounters? Counters { get; init; }
}

/// <summary>The kernel's counts of one injection's qdisc or drop rules.</summary>
/// <param name="Packets">Packets that met the effect.</param>
/// <param name="Dropped">Of those, or beside them, dropped ones.</param>
/// <param name="Overlimits">How often a packet had to wait for the rate.</param>
public sealed record EffectCounters(long Packets, long Dropped, long Overlimits);
