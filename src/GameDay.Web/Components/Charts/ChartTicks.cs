namespace GameDay.Web.Components.Charts;

/// <summary>Round numbers and round moments to write at an axis.</summary>
public static class ChartTicks
{
    private static readonly double[] Steps = [1, 2, 2.5, 5, 10];
    private static readonly int[] Seconds = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200];

    public static IReadOnlyList<double> Values(double low, double high, int atMost = 5)
    {
        var rough = (high - low) / atMost;
        if (rough <= 0 || !double.IsFinite(rough)) return [low];
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = Steps.First(s => s * power >= rough * 0.999999) * power;
        var first = Math.Ceiling(low / step - 1e-9);
        var count = (int)Math.Floor(high / step + 1e-9) - (int)first + 1;
        return [.. Enumerable.Range(0, Math.Max(0, count)).Select(i => Math.Round((first + i) * step, 10))];
    }

    public static IReadOnlyList<DateTimeOffset> Moments(DateTimeOffset from, DateTimeOffset to, int atMost = 5)
    {
        var span = (to - from).TotalSeconds;
        var step = Seconds.FirstOrDefault(s => span / s <= atMost, Seconds[^1]);
        var first = (from.ToUnixTimeSeconds() + step - 1) / step * step;
        var moments = new List<DateTimeOffset>();
        for (var at = first; at <= to.ToUnixTimeSeconds() && moments.Count <= atMost; at += step) moments.Add(DateTimeOffset.FromUnixTimeSeconds(at).ToOffset(from.Offset));
        return moments;
    }
}
