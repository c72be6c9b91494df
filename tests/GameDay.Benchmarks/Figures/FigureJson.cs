using System.Text.Json;

namespace GameDay.Benchmarks.Figures;

/// <summary>The same figures for tools.</summary>
internal static class FigureJson
{
    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web) { WriteIndented = true, NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static string Of(IReadOnlyList<Figure> figures) => JsonSerializer.Serialize(
        new { at = TimeProvider.System.GetUtcNow(), cores = Environment.ProcessorCount, figures = figures.Select(f => new { f.Bench, f.Name, f.Value, f.Unit, f.AtMost, f.AtLeast, past = f.IsPast, f.Note }) },
        Written);
}
