using GameDay.Agent.Options;

namespace GameDay.Agent.Network;

/// <summary>What happens to the packets that an injection's timed set marks. One file per effect; <see cref="NetworkEffects"/> lists them.</summary>
public interface INetworkEffect
{
    /// <summary>The qdisc that marked packets pass, as tc words after <c>parent</c>: its kind, then its options.</summary>
    IReadOnlyList<string> Leaf { get; }

    /// <summary>The longest a single packet is held, so that a measurement knows how long to wait.</summary>
    TimeSpan LongestHold { get; }
}

/// <summary>The effects this agent has, each found by the option that asks for it.</summary>
public static class NetworkEffects
{
    private static readonly Dictionary<string, Func<CommandLine, INetworkEffect>> ByOption = new(StringComparer.Ordinal)
    {
        ["delay"] = Latency.Read,
    };

    /// <summary>The one effect a command line asks for.</summary>
    public static INetworkEffect Read(CommandLine line)
    {
        var asked = ByOption.Where(effect => line.Optional(effect.Key) is not null).ToList();
        return asked.Count == 1
            ? asked[0].Value(line)
            : throw new UsageProblem($"inject needs exactly one of {string.Join(", ", ByOption.Keys.Select(name => "--" + name))}");
    }
}
