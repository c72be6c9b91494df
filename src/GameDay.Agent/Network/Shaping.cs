using GameDay.Agent.Kernel;

namespace GameDay.Agent.Network;

/// <summary>An effect that is a qdisc behind the one class that marked packets go to.</summary>
public abstract record Shaping : INetworkEffect
{
    /// <summary>The qdisc as tc words after <c>parent</c>: its kind, then its options.</summary>
    public abstract IReadOnlyList<string> Leaf { get; }

    /// <inheritdoc />
    public abstract string Says { get; }

    /// <inheritdoc />
    public string By => Leaf[0];

    /// <inheritdoc />
    public virtual TimeSpan LongestHold => TimeSpan.Zero;

    /// <inheritdoc />
    public async Task CheckAsync(Ground ground, KernelReader reader, CancellationToken ct)
    {
        var qdiscs = await reader.QdiscsAsync(ct);
        if (qdiscs.FirstOrDefault(row => row.Dev == ground.Device && row.PutBySomebody) is { } foreign)
            throw new KernelProblem($"{ground.Device} already has a root qdisc ({foreign.Kind} {foreign.Handle}) that is not this injection's to replace");
    }

    /// <inheritdoc />
    // The qdisc first, the table last: until the table marks packets the qdisc does nothing.
    public async Task<IAsyncDisposable?> PlaceAsync(Ground ground, TimeSpan timeout)
    {
        await RootQdisc.PlaceAsync(ground, Leaf);
        await ground.WriteAsync(new TimedTable(ground.Names, ground.Scope, ground.Device, timeout, [MarkOutgoing(ground.Names)]));
        return null;
    }

    /// <inheritdoc />
    public abstract Task<Measurement> MeasureAsync(Meter meter, double? baseline, CancellationToken ct);

    /// <summary>The chain that sends packets to the class.</summary>
    public static TableChain MarkOutgoing(Names names) =>
        new("out", "filter hook output priority mangle", Incoming: false, ["dport"], $"meta priority set {names.Mark}");
}

/// <summary>How a table gets into the kernel.</summary>
internal static class TableWriting
{
    public static async Task WriteAsync(this Ground ground, TimedTable table)
    {
        var result = await ground.Kernel.RunAsync(new ToolCall("nft", ["-f", "-"], table.Script()), CancellationToken.None);
        if (!result.Ok)
            throw new KernelProblem($"nft: {result.Complaint}");
    }
}
