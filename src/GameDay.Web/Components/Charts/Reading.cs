using System.Globalization;

namespace GameDay.Web.Components.Charts;

/// <summary>A measured number as people read it: as many decimals as carry something, and a unit that never parts from it.</summary>
public static class Reading
{
    public const string NoBreak = "\u00A0";

    public static string Number(double value) => Math.Abs(value) switch
    {
        >= 100 => value.ToString("0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.#", CultureInfo.InvariantCulture),
        _ => value.ToString("0.##", CultureInfo.InvariantCulture),
    };

    /// <summary>The newest reading, with steady decimals so that it does not jump: 99.0 %, 100 %.</summary>
    public static string Steady(double value, string unit) => unit == "%" && Math.Abs(value) < 99.95
        ? value.ToString("0.0", CultureInfo.InvariantCulture) : unit == "s" ? value.ToString("0.00", CultureInfo.InvariantCulture) : Number(value);

    /// <summary>At an axis only a short unit finds room; the reading beside the chart names the others.</summary>
    public static string OnAxis(double value, string unit) => unit.Length == 1 ? WithUnit(value, unit) : Number(value);

    public static string WithUnit(double value, string unit) => unit.Length == 0 ? Number(value) : Number(value) + NoBreak + unit;

    /// <summary>A span between two readings: percent counts in points.</summary>
    public static string SpanUnit(string unit) => unit == "%" ? "points" : unit;
}
