namespace GameDay.Agent.Network;

/// <summary>What one injection has left in this network namespace, read back.</summary>
/// <param name="Found">Its table; null without one.</param>
/// <param name="EndAsked">Somebody asked the owner of the table to end, and that question is still there.</param>
/// <param name="Devices">Devices whose root qdisc is this injection's.</param>
public sealed record Footprint(Names Names, TableReading? Found, bool EndAsked, IReadOnlyList<string> Devices)
{
    /// <summary>Nothing is left.</summary>
    public bool Clean => Found is null && !EndAsked && Devices.Count == 0;

    /// <summary>The kernel still does something to packets.</summary>
    public bool Live => Found?.Remaining > TimeSpan.Zero && (!Found.Marks || Devices.Count > 0);

    /// <summary>Until its sets are empty; null without a table.</summary>
    public long? RemainingMs => (long?)Found?.Remaining.TotalMilliseconds;

    /// <summary>The table as evidence names it.</summary>
    public string? Table => Found is null ? null : $"inet {Names.Table}";

    /// <summary>The qdisc as evidence names it.</summary>
    public string? Qdisc => Devices.Count == 0 ? null : $"{string.Join(',', Devices)} {Names.Handle} {RootQdisc.Kind}";

    /// <summary>Reads tables and qdiscs; throws <see cref="KernelProblem"/> when either cannot be read.</summary>
    public static async Task<Footprint> ReadAsync(KernelReader reader, Names names, CancellationToken ct)
    {
        var table = await reader.TableAsync(names.Table, ct);
        var endAsked = await reader.HasTableAsync(names.EndTable, ct);
        var qdiscs = await reader.QdiscsAsync(ct);
        return new Footprint(names, table, endAsked, [.. qdiscs.Where(row => RootQdisc.IsOf(names, row)).Select(row => row.Dev!)]);
    }
}
