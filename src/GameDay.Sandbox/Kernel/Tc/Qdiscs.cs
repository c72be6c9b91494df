using System.Collections.Immutable;

namespace GameDay.Sandbox.Kernel.Tc;

/// <summary>A queueing discipline of the pod's one device.</summary>
/// <param name="Parent">Null at the root, else the class it hangs under.</param>
public sealed record Qdisc(string Kind, string Handle, string? Parent)
{
    /// <summary>What netem does; null for other kinds.</summary>
    public NetemOptions? Netem { get; init; }

    /// <summary>What tbf lets through; null for other kinds.</summary>
    public TokenBucket? Rate { get; init; }

    public QdiscCounters Counters { get; } = new();
}

/// <summary>A class of the root qdisc.</summary>
/// <param name="Rate">What it lets through; null when that is more than loopback carries.</param>
public sealed record QdiscClass(string Id, TokenBucket? Rate);

/// <summary>What netem does to each packet. Shares are from 0 to 1.</summary>
/// <param name="Reorder">This share goes out at once, the others wait for the delay.</param>
public sealed record NetemOptions(int Limit)
{
    public TimeSpan? Delay { get; init; }

    public TimeSpan Jitter { get; init; }

    public double Loss { get; init; }

    public double Duplicate { get; init; }

    public double Corrupt { get; init; }

    public double Reorder { get; init; }
}

/// <summary>What <c>tc -s</c> shows of a qdisc. A written piece counts as the full packets it fills.</summary>
public sealed class QdiscCounters
{
    private long _bytes;
    private long _packets;
    private long _drops;
    private long _overlimits;

    public long Bytes => Interlocked.Read(ref _bytes);

    public long Packets => Interlocked.Read(ref _packets);

    public long Drops => Interlocked.Read(ref _drops);

    public long Overlimits => Interlocked.Read(ref _overlimits);

    public void Sent(int packets, int bytes)
    {
        Interlocked.Add(ref _packets, packets);
        Interlocked.Add(ref _bytes, bytes);
    }

    public void Dropped() => Interlocked.Increment(ref _drops);

    public void Waited() => Interlocked.Increment(ref _overlimits);
}

/// <summary>The qdiscs and classes of the pod's device, <c>eth0</c>. Empty means the kernel's own <c>noqueue</c>.</summary>
public sealed record Qdiscs(ImmutableList<Qdisc> All, ImmutableList<QdiscClass> Classes, int NextAuto)
{
    // The kernel hands out 8001:, 8002: … to qdiscs added without a handle.
    private const int FirstAuto = 0x8001;

    public static readonly Qdiscs None = new([], [], FirstAuto);

    public Qdisc? Root => All.Find(qdisc => qdisc.Parent is null);

    /// <summary>The class that a packet priority selects, if the root holds it, and the effect behind it.</summary>
    public (QdiscClass? Class, Qdisc? Leaf) Path(uint priority)
    {
        var id = $"{priority >> 16:x}:{priority & 0xffff:x}";
        return Classes.Find(one => one.Id == id) is { } found ? (found, All.Find(qdisc => qdisc.Parent == id)) : (null, null);
    }
}
