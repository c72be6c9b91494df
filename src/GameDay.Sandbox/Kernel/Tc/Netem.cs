using System.Globalization;

namespace GameDay.Sandbox.Kernel.Tc;

/// <summary>Reads <c>netem [limit N] delay TIME [JITTER]</c>.</summary>
internal static class Netem
{
    private const int DefaultLimit = 1000;

    public static Qdisc Read(string handle, string? parent, Words words)
    {
        var qdisc = new Qdisc("netem", handle, parent, TimeSpan.Zero, TimeSpan.Zero, DefaultLimit);
        while (!words.AtEnd)
        {
            qdisc = words.Take("limit") ? qdisc with { Limit = Count(words.Next()) }
                : words.Take("delay") ? Delay(qdisc, words)
                : throw words.Unknown();
        }
        return qdisc;
    }

    private static Qdisc Delay(Qdisc qdisc, Words words)
    {
        var delayed = qdisc with { Delay = Time(words.Next()) };
        return words.AtEnd ? delayed : delayed with { Jitter = Time(words.Next()) };
    }

    private static int Count(string word) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : throw new ToolRefusal(1, $"Illegal \"limit\"\n");

    // A bare number is microseconds, as in tc.
    private static TimeSpan Time(string word)
    {
        var digits = word.AsSpan().IndexOfAnyExcept("0123456789.");
        var number = digits < 0 ? word : word[..digits];
        var unit = digits < 0 ? "us" : word[digits..];
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            throw new ToolRefusal(1, "Illegal \"latency\"\n");
        return unit switch
        {
            "s" or "sec" or "secs" => TimeSpan.FromSeconds(value),
            "ms" or "msec" or "msecs" => TimeSpan.FromMilliseconds(value),
            "us" or "usec" or "usecs" => TimeSpan.FromMicroseconds(value),
            _ => throw new ToolRefusal(1, "Illegal \"latency\"\n"),
        };
    }
}
