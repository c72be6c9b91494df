namespace GameDay.Benchmarks.Figures;

/// <summary>One number that was measured.</summary>
internal sealed record Figure(string Bench, string Name, double Value, string Unit)
{
    public double? AtMost { get; init; }

    public double? AtLeast { get; init; }

    public string? Note { get; init; }

    public bool IsPast => Value > AtMost || Value < AtLeast || double.IsNaN(Value);

    public string Limit => AtMost is { } most ? $"≤ {Number(most)}" : AtLeast is { } least ? $"≥ {Number(least)}" : "";

    public static string Number(double value) => Math.Abs(value) >= 100 || value == Math.Floor(value) ? value.ToString("0") : value.ToString("0.00");
}
