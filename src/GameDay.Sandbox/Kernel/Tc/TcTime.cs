using System.Globalization;

namespace GameDay.Sandbox.Kernel.Tc;

/// <summary>Times, rates and sizes as tc reads them.</summary>
internal static class TcTime
{
    /// <summary>A bare number is microseconds.</summary>
    public static TimeSpan Parse(string word)
    {
        var (value, unit) = Split(word, "latency");
        return unit switch
        {
            "s" or "sec" or "secs" => TimeSpan.FromSeconds(value),
            "ms" or "msec" or "msecs" => TimeSpan.FromMilliseconds(value),
            "" or "us" or "usec" or "usecs" => TimeSpan.FromMicroseconds(value),
            _ => throw Illegal("latency"),
        };
    }

    /// <summary>Bits per second; a bare number is bits.</summary>
    public static double Rate(string word)
    {
        var (value, unit) = Split(word, "rate");
        return value * unit switch
        {
            "" or "bit" => 1,
            "kbit" => 1e3,
            "mbit" => 1e6,
            "gbit" => 1e9,
            _ => throw Illegal("rate"),
        };
    }

    /// <summary>Bytes; <c>k</c> is 1024 of them.</summary>
    public static int Size(string word)
    {
        var (value, unit) = Split(word, "burst");
        return (int)(value * unit switch
        {
            "" or "b" => 1,
            "k" or "kb" => 1024,
            "m" or "mb" => 1024 * 1024,
            _ => throw Illegal("burst"),
        });
    }

    private static (double Value, string Unit) Split(string word, string what)
    {
        var digits = word.AsSpan().IndexOfAnyExcept("0123456789.");
        var number = digits < 0 ? word : word[..digits];
        return double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? (value, digits < 0 ? "" : word[digits..].ToLowerInvariant())
            : throw Illegal(what);
    }

    private static ToolRefusal Illegal(string what) => new(1, $"Illegal \"{what}\"\n");
}
