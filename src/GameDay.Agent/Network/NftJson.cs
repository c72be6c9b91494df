using System.Text.Json;

namespace GameDay.Agent.Network;

/// <summary>The two things read out of <c>nft -j</c>.</summary>
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

    /// <summary>The longest <c>expires</c> of any set element; zero when none is left.</summary>
    public static TimeSpan LongestRemaining(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Objects(document, "set").SelectMany(Elements).Select(Remaining).DefaultIfEmpty(TimeSpan.Zero).Max();
    }

    private static IEnumerable<JsonElement> Objects(JsonDocument document, string kind) =>
        document.RootElement.GetProperty("nftables").EnumerateArray()
            .Where(entry => entry.TryGetProperty(kind, out _))
            .Select(entry => entry.GetProperty(kind));

    private static IEnumerable<JsonElement> Elements(JsonElement set) =>
        set.TryGetProperty("elem", out var elements) ? elements.EnumerateArray() : [];

    // nft prints whole seconds rounded down: an element that is still listed has some of its last second left.
    private static TimeSpan Remaining(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty("elem", out var timed) && timed.TryGetProperty("expires", out var seconds)
            ? TimeSpan.FromSeconds(Math.Max(seconds.GetDouble(), 0.5))
            : TimeSpan.MaxValue;
}
