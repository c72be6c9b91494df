using GameDay.Agent.Options;

namespace GameDay.Agent.Network;

/// <summary>Each packet is lost, duplicated or corrupted by chance.</summary>
/// <param name="What"><c>loss</c>, <c>duplicate</c> or <c>corrupt</c>, as netem names them.</param>
public sealed record PacketChance(string What, double Percent) : Shaping
{
    /// <inheritdoc />
    public override IReadOnlyList<string> Leaf => ["netem", "limit", Netem.Limit, What, Netem.Percent(Percent)];

    /// <inheritdoc />
    public override string Says => $"{What} {Netem.Percent(Percent)}";

    /// <inheritdoc />
    public override Task<Measurement> MeasureAsync(Meter meter, double? baseline, CancellationToken ct) => meter.LossAsync(baseline, ct);

    /// <summary>Reads the option named as the effect.</summary>
    public static PacketChance Read(CommandLine line, string what) => new(what, line.Percent(what));
}
