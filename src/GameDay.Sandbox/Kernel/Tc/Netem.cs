using System.Globalization;

namespace GameDay.Sandbox.Kernel.Tc;

/// <summary>Reads <c>netem [limit N] [delay TIME [JITTER]] [loss|duplicate|corrupt|reorder PERCENT]</c>.</summary>
internal static class Netem
{
    private const int DefaultLimit = 1000;

    public static NetemOptions Read(Words words)
    {
        var options = new NetemOptions(DefaultLimit);
        while (!words.AtEnd)
        {
            options = words.Next() switch
            {
                "limit" => options with { Limit = Count(words.Next()) },
                "delay" => Delay(options, words),
                "loss" => options with { Loss = Share(words.Next(), "loss") },
                "duplicate" => options with { Duplicate = Share(words.Next(), "duplicate") },
                "corrupt" => options with { Corrupt = Share(words.Next(), "corrupt") },
                "reorder" => options with { Reorder = Share(words.Next(), "reorder") },
                var unknown => throw new ToolRefusal(1, $"What is \"{unknown}\"?\n"),
            };
        }
        return options.Reorder > 0 && options.Delay is null ? throw new ToolRefusal(1, "reordering not possible without specifying some delay\n") : options;
    }

    private static NetemOptions Delay(NetemOptions options, Words words)
    {
        var delayed = options with { Delay = TcTime.Parse(words.Next()) };
        return words.IsNumberNext ? delayed with { Jitter = TcTime.Parse(words.Next()) } : delayed;
    }

    private static int Count(string word) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : throw new ToolRefusal(1, $"Illegal \"limit\"\n");

    private static double Share(string word, string option) =>
        double.TryParse(word.TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent <= 100
            ? percent / 100
            : throw new ToolRefusal(1, $"Illegal \"{option}\"\n");
}
