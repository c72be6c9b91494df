using System.Globalization;

namespace GameDay.Agent.Options;

/// <summary>Times as people type them: numbers with h, m, s or ms, largest first, each at most once.</summary>
public static class DurationText
{
    private static readonly (string Unit, TimeSpan Length)[] Units =
        [("h", TimeSpan.FromHours(1)), ("m", TimeSpan.FromMinutes(1)), ("s", TimeSpan.FromSeconds(1)), ("ms", TimeSpan.FromMilliseconds(1))];

    /// <summary>False for anything else, a bare number included: its unit would be a guess.</summary>
    public static bool TryParse(string text, out TimeSpan span)
    {
        span = TimeSpan.Zero;
        var next = 0;
        var rest = text.AsSpan();
        while (rest.Length > 0)
        {
            var digits = Math.Max(rest.IndexOfAnyExcept("0123456789."), 0);
            var letters = rest[digits..].IndexOfAnyInRange('0', '9');
            var unit = letters < 0 ? rest[digits..] : rest.Slice(digits, letters);
            var place = IndexOf(unit, next);
            if (place < 0 || !double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number > 1e7)
                return false;
            span += Units[place].Length * number;
            next = place + 1;
            rest = rest[(digits + unit.Length)..];
        }
        return next > 0;
    }

    private static int IndexOf(ReadOnlySpan<char> unit, int from)
    {
        for (var place = from; place < Units.Length; place++)
        {
            if (unit.SequenceEqual(Units[place].Unit))
                return place;
        }
        return -1;
    }
}
