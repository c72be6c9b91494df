namespace GameDay.Agent.Network;

/// <summary>What one injection has left in this network namespace, read back.</summary>
/// <param name="Remaining">Until its sets are empty; null without a table.</param>
/// <param name="Devices">Devices whose root qdisc is this injection's.</param>
public sealed record Footprint(Names Names, TimeSpan? Remaining, IReadOnlyList<string> Devices)
{
    /// <summary>Nothing is left.</summary>
    public bool Clean => Remaining is null && Devices.Count == 0;

    /// <summary>The kernel still marks packets for the effect.</summary>
    public bool Live => Remaining > TimeSpan.Zero && Devices.Count > 0;

    /// <summary>The table as evidence names it.</summary>
    public string? Table => Remaining is null ? null : $"inet {Names.Table}";

    /// <summary>The qdisc as evidence names it.</summary>
    public string? Qdisc => Devices.Count == 0 ? null : $"{string.Join(',', Devices)} {Names.Handle} {RootQdisc.Kind}";

    /// <summary>Reads tables and qdiscs; throws <see cref="KernelProblem"/> when either cannot be read.</summary>
    public static async Task<Footprint> ReadAsync(KernelReader reader, Names names, CancellationToken ct)
    {
        var remaining = await reader.RemainingAsync(names.Table, ct);
        var qdiscs = await reader.QdiscsAsync(ct);
        return new Footprint(names, remaining, [.. qdiscs.Where(row => RootQdisc.IsOf(names, row)).Select(row => row.Dev!)]);
    }
}
