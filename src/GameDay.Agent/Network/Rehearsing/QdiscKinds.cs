using GameDay.Agent.Kernel;

namespace GameDay.Agent.Network.Rehearsing;

/// <summary>
/// Whether the kernel has a qdisc, without touching this pod: tried on the loopback of a network namespace that lives only
/// as long as the call, where one may be made. Else what is loaded tells of a yes, never of a no.
/// </summary>
public sealed class QdiscKinds(IKernel kernel)
{
    // As root of the node's user namespace, then as root of one of our own.
    private static readonly string[][] Places = [["-n"], ["-r", "-n"]];

    private static readonly Dictionary<string, string[]> Options = new(StringComparer.Ordinal)
    {
        ["netem"] = ["delay", "1ms"],
        ["htb"] = [],
        ["tbf"] = ["rate", "1mbit", "burst", "10000", "latency", "50ms"],
    };

    /// <summary>Null when it cannot be known.</summary>
    public async Task<bool?> HasAsync(string kind, CancellationToken ct)
    {
        if (await kernel.ReadAsync("/proc/modules", ct) is { } modules && modules.Split('\n').Any(line => line.StartsWith($"sch_{kind} ", StringComparison.Ordinal)))
            return true;
        foreach (var place in Places)
        {
            var tried = await kernel.RunAsync(new ToolCall("unshare", [.. place, "tc", "qdisc", "add", "dev", "lo", "root", kind, .. Options[kind]]), ct);
            if (tried.Ok)
                return true;
            if (tried.Stderr.Contains("kind is unknown", StringComparison.Ordinal))
                return false;
        }
        return null;
    }
}
