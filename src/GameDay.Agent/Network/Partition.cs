namespace GameDay.Agent.Network;

/// <summary>No packet passes in either direction, those of established connections included. Needs no qdisc.</summary>
public sealed record Partition : INetworkEffect
{
    private static readonly string[] BothEnds = ["dport", "sport"];

    /// <inheritdoc />
    public string Says => "drop";

    /// <inheritdoc />
    public string By => "nft";

    /// <inheritdoc />
    public TimeSpan LongestHold => TimeSpan.Zero;

    /// <summary>What goes to the peers, and what comes from them.</summary>
    public static IReadOnlyList<TableChain> Chains { get; } =
    [
        new("out", "filter hook output priority mangle", Incoming: false, BothEnds, "counter drop"),
        new("in", "filter hook input priority mangle", Incoming: true, BothEnds, "counter drop"),
    ];

    /// <inheritdoc />
    public Task CheckAsync(Ground ground, KernelReader reader, CancellationToken ct) => Task.CompletedTask;

    /// <inheritdoc />
    public async Task<IAsyncDisposable?> PlaceAsync(Ground ground, TimeSpan timeout)
    {
        await ground.WriteAsync(new TimedTable(ground.Names, ground.Scope, ground.Device, timeout, Chains));
        return null;
    }

    /// <inheritdoc />
    public Task<Measurement> MeasureAsync(Meter meter, double? baseline, CancellationToken ct) => meter.CutAsync(baseline, ct);
}
