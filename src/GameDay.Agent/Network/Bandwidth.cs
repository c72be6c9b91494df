using System.Globalization;
using GameDay.Agent.Options;

namespace GameDay.Agent.Network;

/// <summary>All meant packets together get this many bits per second; a token bucket, so kernels without netem have it.</summary>
public sealed record Bandwidth(long BitsPerSecond) : Shaping
{
    // One jumbo frame: a packet larger than the bucket would never pass.
    private const long LeastBurst = 10_000;

    /// <inheritdoc />
    public override IReadOnlyList<string> Leaf =>
        ["tbf", "rate", Number(BitsPerSecond) + "bit", "burst", Number(Burst), "latency", "500ms"];

    /// <inheritdoc />
    public override string Says => $"rate {RateText.Write(BitsPerSecond)}";

    /// <inheritdoc />
    public override TimeSpan LongestHold => TimeSpan.FromSeconds(1);

    // At high rates the bucket must last one timer tick (4 ms) or the rate is not reached.
    private long Burst => Math.Max(LeastBurst, BitsPerSecond / 8 / 250);

    /// <inheritdoc />
    public override Task<Measurement> MeasureAsync(Meter meter, double? baseline, CancellationToken ct) =>
        meter.CountersAsync("throughput needs a peer that takes data", ct);

    /// <summary>Reads <c>--rate</c>.</summary>
    public static Bandwidth Read(CommandLine line) =>
        RateText.TryParse(line.Required("rate"), out var bits)
            ? new Bandwidth(bits)
            : throw new UsageProblem($"--rate must be a rate such as 64kbit, 5mbit or 1gbit (8kbit to 10gbit), not '{line.Required("rate")}'");

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
