using System.Globalization;

namespace GameDay.Sandbox.Api.Tables;

/// <summary>Ages as kubectl writes them: 42s, 5m3s, 3h12m, 2d4h, 12d.</summary>
internal static class Ages
{
    public static string Since(DateTimeOffset? from, DateTimeOffset now) => from is { } start ? Of(now - start) : "<unknown>";

    public static string Of(TimeSpan age)
    {
        var seconds = Math.Max(0, (long)age.TotalSeconds);
        var (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86400);
        return seconds switch
        {
            < 120 => Say($"{seconds}s"),
            < 600 => Pair(minutes, "m", seconds % 60, "s"),
            < 10_800 => Say($"{minutes}m"),
            < 28_800 => Pair(hours, "h", minutes % 60, "m"),
            < 172_800 => Say($"{hours}h"),
            < 691_200 => Pair(days, "d", hours % 24, "h"),
            < 63_072_000 => Say($"{days}d"),
            _ => Pair(days / 365, "y", days % 365, "d"),
        };
    }

    private static string Pair(long big, string bigUnit, long small, string smallUnit) =>
        small == 0 ? Say($"{big}{bigUnit}") : Say($"{big}{bigUnit}{small}{smallUnit}");

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
