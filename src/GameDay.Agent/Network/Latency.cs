using System.Globalization;
using GameDay.Agent.Options;

namespace GameDay.Agent.Network;

/// <summary>Holds each packet for <paramref name="Delay"/>, give or take <paramref name="Jitter"/>.</summary>
public sealed record Latency(TimeSpan Delay, TimeSpan Jitter) : INetworkEffect
{
    // netem drops what does not fit; its default of 1000 packets would turn delay into loss on a busy pod.
    private const string Limit = "100000";

    /// <inheritdoc />
    public IReadOnlyList<string> Leaf =>
        Jitter > TimeSpan.Zero
            ? ["netem", "limit", Limit, "delay", Milliseconds(Delay), Milliseconds(Jitter)]
            : ["netem", "limit", Limit, "delay", Milliseconds(Delay)];

    /// <inheritdoc />
    public TimeSpan LongestHold => Delay + Jitter;

    /// <summary>Reads <c>--delay</c> and <c>--jitter</c>.</summary>
    public static Latency Read(CommandLine line)
    {
        var delay = line.PositiveDuration("delay");
        var jitter = line.Duration("jitter", TimeSpan.Zero);
        if (delay > TimeSpan.FromMinutes(1))
            throw new UsageProblem("--delay must be at most 1m");
        return jitter <= delay ? new Latency(delay, jitter) : throw new UsageProblem("--jitter must not exceed --delay");
    }

    private static string Milliseconds(TimeSpan span) => span.TotalMilliseconds.ToString("0.###", CultureInfo.InvariantCulture) + "ms";
}
