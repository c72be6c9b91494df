using System.Text.Json;

namespace GameDay.Agent.Network;

/// <summary>What is read out of <c>nft -j</c>.</summary>
public static class NftJson
{
    /// <summary>Names of the tables of family inet.</summary>
    public static IReadOnlyList<string> TableNames(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. Objects(document, "table")
            .Where(table => table.GetProperty("family").GetString() == "inet")
            .Select(table => table.GetProperty("name").GetString()!)];
    }

    /// <summary>The same from <c>nft list tables</c>.</summary>
    public static IReadOnlyList<string> TableNamesOfText(string text) =>
        [.. text.Split('\n', StringSplitOptions.TrimEntries).Select(line => line.Split(' ')).Where(words => words is ["table", "inet", _, ..]).Select(words => words[2])];

    /// <summary>Names of all chains.</summary>
    public static IReadOnlyList<string> ChainNames(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. Objects(document, "chain").Select(chain => chain.GetProperty("name").GetString()!)];
    }

    /// <summary>One injection's table.</summary>
    public static TableReading Table(string json)
    {
        using var document = JsonDocument.Parse(json);
        var statements = Objects(document, "rule").SelectMany(rule => rule.GetProperty("expr").EnumerateArray()).ToList();
        var drops = statements.Exists(statement => statement.TryGetProperty("drop", out _));
        return new TableReading(
            Objects(document, "set").Where(Timed).SelectMany(Elements).Select(Remaining).DefaultIfEmpty(TimeSpan.Zero).Max(),
            Marks: statements.Exists(statement => statement.TryGetProperty("mangle", out _)),
            drops,
            drops ? statements.Sum(Counted) : null);
    }

    /// <summary>The same of the proxy's table, whose sets alone can be listed: it neither marks nor drops.</summary>
    public static TableReading OwnedTable(string sets, string table)
    {
        using var document = JsonDocument.Parse(sets);
        var own = Objects(document, "set").Where(set => set.GetProperty("table").GetString() == table && Timed(set));
        return new TableReading(own.SelectMany(Elements).Select(Remaining).DefaultIfEmpty(TimeSpan.Zero).Max(), Marks: false, Drops: false, Dropped: null);
    }

    private static IEnumerable<JsonElement> Objects(JsonDocument document, string kind) =>
        document.RootElement.GetProperty("nftables").EnumerateArray()
            .Where(entry => entry.TryGetProperty(kind, out _))
            .Select(entry => entry.GetProperty(kind));

    // The sets of never-touched addresses have no end, and do nothing.
    private static bool Timed(JsonElement set) => set.GetProperty("name").GetString()?.StartsWith("never", StringComparison.Ordinal) != true;

    private static IEnumerable<JsonElement> Elements(JsonElement set) =>
        set.TryGetProperty("elem", out var elements) ? elements.EnumerateArray() : [];

    // nft prints whole seconds rounded down: an element that is still listed has some of its last second left.
    private static TimeSpan Remaining(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty("elem", out var timed) && timed.TryGetProperty("expires", out var seconds)
            ? TimeSpan.FromSeconds(Math.Max(seconds.GetDouble(), 0.5))
            : TimeSpan.MaxValue;

    private static long Counted(JsonElement statement) =>
        statement.TryGetProperty("counter", out var counter) && counter.ValueKind == JsonValueKind.Object ? counter.GetProperty("packets").GetInt64() : 0;
}

/// <summary>One injection's table, read back.</summary>
/// <param name="Remaining">The longest time any timed element has left; zero when all are gone.</param>
/// <param name="Marks">It sends packets to a class, so it does nothing without the qdisc.</param>
/// <param name="Drops">It drops packets itself.</param>
/// <param name="Dropped">How many it dropped; null when it drops none.</param>
public sealed record TableReading(TimeSpan Remaining, bool Marks, bool Drops, long? Dropped);
