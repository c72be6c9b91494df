using System.Globalization;

namespace GameDay.Domain.Experiments;

/// <summary>Times as people type them: <c>300ms</c>, <c>10s</c>, <c>2m</c>, <c>1m30s</c>, largest unit first. A bare number is refused: its unit would be a guess.</summary>
public static class DurationText
{
    public const string Allowed = "a number with ms, s, m or h, e.g. 300ms, 10s, 2m, 1m30s";

    private static readonly (string Unit, long Ticks)[] Units =
        [("h", TimeSpan.TicksPerHour), ("m", TimeSpan.TicksPerMinute), ("s", TimeSpan.TicksPerSecond), ("ms", TimeSpan.TicksPerMillisecond)];

    public static bool TryParse(string? text, out TimeSpan span)
    {
        span = TimeSpan.Zero;
        var next = 0;
        var rest = text.AsSpan();
        while (rest.Length > 0)
        {
            var digits = rest.IndexOfAnyExcept("0123456789.");
            if (digits <= 0 || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number > 10_000_000) return false;
            rest = rest[digits..];
            var letters = rest.IndexOfAnyInRange('0', '9') is var end and >= 0 ? end : rest.Length;
            var place = Place(rest[..letters], next);
            if (place < 0) return false;
            span += TimeSpan.FromTicks((long)(number * Units[place].Ticks));
            next = place + 1;
            rest = rest[letters..];
        }
        return next > 0;
    }

    /// <exception cref="RuleBroken">Not a duration: the message says what is allowed.</exception>
    public static TimeSpan Parse(string text) => TryParse(text, out var span) ? span : throw new RuleBroken("NotADuration", $"'{text}' is not a duration; write {Allowed}.");

    /// <summary>The shortest text that parses back to the same time, down to the tick.</summary>
    public static string Write(TimeSpan span)
    {
        if (span == TimeSpan.Zero) return "0s";
        var text = new System.Text.StringBuilder();
        if (span.Ticks / TimeSpan.TicksPerHour is var hours and > 0) text.Append(CultureInfo.InvariantCulture, $"{hours}h");
        if (span.Minutes > 0) text.Append(CultureInfo.InvariantCulture, $"{span.Minutes}m");
        if (span.Seconds > 0) text.Append(CultureInfo.InvariantCulture, $"{span.Seconds}s");
        if (span.Ticks % TimeSpan.TicksPerSecond is var rest and > 0) text.Append(CultureInfo.InvariantCulture, $"{(decimal)rest / TimeSpan.TicksPerMillisecond:0.####}ms");
        return text.ToString();
    }

    private static int Place(ReadOnlySpan<char> unit, int from)
    {
        for (var place = from; place < Units.Length; place++)
            if (unit.SequenceEqual(Units[place].Unit)) return place;
        return -1;
    }
}
