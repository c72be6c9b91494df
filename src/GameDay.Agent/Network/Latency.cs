using System.Globalization;
using GameDay.Agent.Options;

namespace GameDay.Agent.Network;

/// <summary>Holds each packet for <paramref name="Delay"/>, give or take <paramref name="Jitter"/>.</summary>
public sealed record Latency(TimeSpan Delay, TimeSpan Jitter) : Shaping
{
    /// <inheritdoc />
    public override IReadOnlyList<string> Leaf =>
        Jitter > TimeSpan.Zero
            ? ["netem", "limit", Netem.Limit, "delay", Netem.Milliseconds(Delay), Netem.Milliseconds(Jitter)]
            : ["netem", "limit", Netem.Limit, "delay", Netem.Milliseconds(Delay)];

    /// <inheritdoc />
    public override string Says => Jitter > TimeSpan.Zero ? $"delay {Netem.Milliseconds(Delay)} ± {Netem.Milliseconds(Jitter)}" : $"delay {Netem.Milliseconds(Delay)}";

    /// <inheritdoc />
    public override TimeSpan LongestHold => Delay + Jitter;

    /// <inheritdoc />
    public override Task<Measurement> MeasureAsync(Meter meter, double? baseline, CancellationToken ct) => meter.DelayAsync(LongestHold, baseline, ct);

    /// <summary>Reads <c>--delay</c> and <c>--jitter</c>.</summary>
    public static Latency Read(CommandLine line)
    {
        var delay = line.PositiveDuration("delay");
        var jitter = line.Duration("jitter", TimeSpan.Zero);
        if (delay > TimeSpan.FromMinutes(1))
            throw new UsageProblem("--delay must be at most 1m");
        return jitter <= delay ? new Latency(delay, jitter) : throw new UsageProblem("--jitter must not exceed --delay");
    }
}

/// <summary>What the netem effects share.</summary>
internal static class Netem
{
    /// <summary>netem drops what does not fit; its default of 1000 packets would turn delay into loss on a busy pod.</summary>
    public const string Limit = "100000";

    public static string Milliseconds(TimeSpan span) => span.TotalMilliseconds.ToString("0.###", CultureInfo.InvariantCulture) + "ms";

    public static string Percent(double percent) => percent.ToString("0.####", CultureInfo.InvariantCulture) + "%";
}
