using System.Globalization;

namespace GameDay.Sandbox.Kernel.Nft;

/// <summary>nft's times: 1d2h3m4s500ms, each part optional.</summary>
internal static class NftTime
{
    public static TimeSpan Parse(string text)
    {
        var total = TimeSpan.Zero;
        for (var i = 0; i < text.Length;)
        {
            var digits = text.AsSpan(i).IndexOfAnyExceptInRange('0', '9');
            if (digits <= 0 || !long.TryParse(text.AsSpan(i, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                throw Wrong(text);
            i += digits;
            var letters = text.AsSpan(i).IndexOfAnyInRange('0', '9');
            var unit = letters < 0 ? text[i..] : text.Substring(i, letters);
            total += Unit(unit, text) * number;
            i += unit.Length;
        }
        return total > TimeSpan.Zero ? total : throw Wrong(text);
    }

    private static TimeSpan Unit(string unit, string text) => unit switch
    {
        "d" => TimeSpan.FromDays(1),
        "h" => TimeSpan.FromHours(1),
        "m" => TimeSpan.FromMinutes(1),
        "s" => TimeSpan.FromSeconds(1),
        "ms" => TimeSpan.FromMilliseconds(1),
        _ => throw Wrong(text),
    };

    private static ToolRefusal Wrong(string text) => new(1, $"Error: unexpected time format: {text}\n");
}
