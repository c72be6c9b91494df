namespace GameDay.Web.Components.Charts;

/// <summary>One axis: values on one side, drawing units on the other. A reversed axis has <paramref name="To"/> below <paramref name="From"/>.</summary>
public sealed record ChartScale(double Low, double High, double From, double To)
{
    public double At(double value) => Math.Round(From + (Clamp(value) - Low) / (High - Low) * (To - From), 1);

    private double Clamp(double value) => Math.Clamp(value, Low, High);

    /// <summary>Room for every value, limits included, with a little air; never below zero, never above 100 %.</summary>
    public static (double Low, double High) Around(IEnumerable<double> values, string unit)
    {
        var all = values.DefaultIfEmpty(0).ToList();
        var (low, high) = (all.Min(), all.Max());
        var air = Math.Max(high - low, Math.Max(Math.Abs(high) * 0.1, 0.1)) * 0.08;
        if (unit == "%") return (Math.Max(0, low - air), Math.Min(100 + air, high + air));
        return (low >= 0 ? 0 : low - air, high + air);
    }
}
