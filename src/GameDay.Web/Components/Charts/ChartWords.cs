using System.Globalization;

namespace GameDay.Web.Components.Charts;

/// <summary>A chart told in one or two sentences.</summary>
public static class ChartWords
{
    public static string Of(ProbeSeries s)
    {
        var parts = new List<string> { s.Last is { Value: { } value } last
            ? $"{s.Name}: {Reading.WithUnit(value, s.Unit)} at {last.At.ToString("HH:mm:ss", CultureInfo.InvariantCulture)}, {(last.InTolerance ? "in" : "out of")} tolerance"
            : $"{s.Name}: no reading yet" };
        if (s.Tolerance.Min is { } min) parts.Add($"tolerance at least {Reading.WithUnit(min, s.Unit)}");
        if (s.Tolerance.Max is { } max) parts.Add($"tolerance at most {Reading.WithUnit(max, s.Unit)}");
        if (s.AbortBelow is { } below) parts.Add($"abort below {Reading.WithUnit(below, s.Unit)}");
        if (s.AbortAbove is { } above) parts.Add($"abort above {Reading.WithUnit(above, s.Unit)}");
        if (s.FaultFrom is { } from) parts.Add($"fault from {from.ToString("HH:mm:ss", CultureInfo.InvariantCulture)}{(s.FaultTo is { } to ? $" to {to.ToString("HH:mm:ss", CultureInfo.InvariantCulture)}" : ", still in place")}");
        return string.Join("; ", parts) + ".";
    }
}
