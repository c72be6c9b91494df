using System.Globalization;

namespace GameDay.Agent.Network;

/// <summary>The names one injection leaves in the kernel; whoever undoes it finds them by id alone.</summary>
public sealed record Names(string Id)
{
    /// <summary>Class of the root qdisc that marked packets go to.</summary>
    public const int ClassMinor = 2;

    /// <summary>The nftables table in family inet.</summary>
    public string Table => $"gameday_{Id}";

    /// <summary>The root qdisc's handle. From 1000 to 7fff: clear of what people type (1:) and of what the kernel hands out (8000: up).</summary>
    public string Handle => $"{Major:x}:";

    /// <summary>The class behind which the effect sits.</summary>
    public string ClassId => $"{Major:x}:{ClassMinor:x}";

    /// <summary>The packet priority that selects the class.</summary>
    public string Mark => $"0x{Major:x4}{ClassMinor:x4}";

    /// <summary>An empty table by which another process asks the owner of <see cref="Table"/> to end.</summary>
    public string EndTable => $"gameday_{Id}_end";

    /// <summary>The socket mark of the agent's own connections, which are never redirected.</summary>
    public int SocketMark => (Major << 16) | 3;

    private int Major => (int.Parse(Id.AsSpan(0, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & 0x7fff) | 0x1000;
}
