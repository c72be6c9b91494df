using GameDay.Agent.Network.Proxy;
using GameDay.Agent.Options;

namespace GameDay.Agent.Network;

/// <summary>The effects this agent has, each found by the option that asks for it.</summary>
public static class NetworkEffects
{
    private static readonly Dictionary<string, Func<CommandLine, INetworkEffect>> ByOption = new(StringComparer.Ordinal)
    {
        ["delay"] = Delaying,
        ["loss"] = line => PacketChance.Read(line, "loss"),
        ["duplicate"] = line => PacketChance.Read(line, "duplicate"),
        ["corrupt"] = line => PacketChance.Read(line, "corrupt"),
        ["reorder"] = Reordering.Read,
        ["rate"] = Bandwidth.Read,
        ["drop"] = _ => new Partition(),
    };

    /// <summary>Every option that some effect reads.</summary>
    public static IReadOnlyList<string> Options { get; } = [.. ByOption.Keys, "jitter", "hold", "by", "share"];

    /// <summary>The one effect a command line asks for.</summary>
    public static INetworkEffect Read(CommandLine line)
    {
        var asked = ByOption.Where(effect => line.Optional(effect.Key) is not null).ToList();
        if (line.Optional("delay") is null && line.Optional("by") is not null)
            throw new UsageProblem("--by goes with --delay only");
        if (line.Optional("by") != "proxy" && line.Optional("share") is not null)
            throw new UsageProblem("--share goes with --by proxy only");
        return asked.Count == 1
            ? asked[0].Value(line)
            : throw new UsageProblem($"inject needs exactly one of {string.Join(", ", ByOption.Keys.Select(name => "--" + name))}");
    }

    private static INetworkEffect Delaying(CommandLine line) => line.Optional("by") switch
    {
        null or "netem" => Latency.Read(line),
        "proxy" => DelayProxy.Read(line),
        var other => throw new UsageProblem($"--by must be netem or proxy, not '{other}'"),
    };
}
