using GameDay.Agent.Options;

namespace GameDay.Agent.Network;

/// <summary>This share of packets goes out at once and overtakes the others, which are held.</summary>
public sealed record Reordering(double Percent, TimeSpan Hold) : Shaping
{
    private static readonly TimeSpan DefaultHold = TimeSpan.FromMilliseconds(10);

    /// <inheritdoc />
    public override IReadOnlyList<string> Leaf => ["netem", "limit", Netem.Limit, "delay", Netem.Milliseconds(Hold), "reorder", Netem.Percent(Percent)];

    /// <inheritdoc />
    public override string Says => $"reorder {Netem.Percent(Percent)}, others held {Netem.Milliseconds(Hold)}";

    /// <inheritdoc />
    public override TimeSpan LongestHold => Hold;

    /// <inheritdoc />
    public override Task<Measurement> MeasureAsync(Meter meter, double? baseline, CancellationToken ct) =>
        meter.CountersAsync("one connection's packets have no order to lose", ct);

    /// <summary>Reads <c>--reorder</c> and <c>--hold</c>.</summary>
    public static Reordering Read(CommandLine line)
    {
        var hold = line.Duration("hold", DefaultHold);
        return hold > TimeSpan.Zero && hold <= TimeSpan.FromMinutes(1)
            ? new Reordering(line.Percent("reorder"), hold)
            : throw new UsageProblem("--hold must be longer than zero and at most 1m");
    }
}
