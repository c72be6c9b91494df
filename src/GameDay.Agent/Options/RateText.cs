using System.Globalization;

namespace GameDay.Agent.Options;

/// <summary>Bits per second as people type them: a whole number and kbit, mbit or gbit.</summary>
public static class RateText
{
    private const long Least = 8_000;
    private const long Most = 10_000_000_000;

    private static readonly (string Unit, long Bits)[] Units = [("gbit", 1_000_000_000), ("mbit", 1_000_000), ("kbit", 1_000)];

    /// <summary>False for anything else and for what a token bucket cannot do: below 8kbit, above 10gbit.</summary>
    public static bool TryParse(string text, out long bits)
    {
        var (unit, each) = Array.Find(Units, known => text.EndsWith(known.Unit, StringComparison.Ordinal));
        bits = 0;
        if (unit is null || !long.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > Most / each)
            return false;
        bits = number * each;
        return bits >= Least;
    }

    /// <summary>In the largest unit that keeps it whole.</summary>
    public static string Write(long bits)
    {
        var (unit, each) = Array.Find(Units, known => bits % known.Bits == 0);
        return unit is null ? $"{bits}bit" : $"{bits / each}{unit}";
    }
}
