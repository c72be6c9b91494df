using System.Collections.Immutable;

namespace GameDay.Sandbox.Kernel.Tc;

/// <summary>A queueing discipline of the pod's one device.</summary>
/// <param name="Parent">Null at the root, else the class it hangs under.</param>
/// <param name="Delay">What netem holds each packet for; null for other kinds.</param>
public sealed record Qdisc(string Kind, string Handle, string? Parent, TimeSpan? Delay = null, TimeSpan Jitter = default, int? Limit = null);

/// <summary>The qdiscs and classes of the pod's device, <c>eth0</c>. Empty means the kernel's own <c>noqueue</c>.</summary>
public sealed record Qdiscs(ImmutableList<Qdisc> All, ImmutableList<string> Classes, int NextAuto)
{
    // The kernel hands out 8001:, 8002: … to qdiscs added without a handle.
    private const int FirstAuto = 0x8001;

    public static readonly Qdiscs None = new([], [], FirstAuto);

    public Qdisc? Root => All.Find(qdisc => qdisc.Parent is null);

    /// <summary>The effect behind the class that a packet priority selects, if the root holds such a class.</summary>
    public Qdisc? Leaf(uint priority)
    {
        var classId = $"{priority >> 16:x}:{priority & 0xffff:x}";
        return Classes.Contains(classId) ? All.Find(qdisc => qdisc.Parent == classId) : null;
    }
}
