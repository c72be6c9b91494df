namespace GameDay.Benchmarks.Figures;

/// <summary>Percentiles by nearest rank: always a value that was measured.</summary>
internal static class Percentiles
{
    public static double Of(IReadOnlyCollection<double> values, double percent) =>
        values.Count == 0 ? double.NaN : values.Order().ElementAt(Math.Clamp((int)Math.Ceiling(values.Count * percent / 100) - 1, 0, values.Count - 1));
}
