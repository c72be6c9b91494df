using GameDay.Benchmarks.Figures;
using GameDay.Benchmarks.Leak;
using GameDay.Benchmarks.Stage;

namespace GameDay.Benchmarks.Plants;

/// <summary>Each planted defect must be caught within 200 faults; one that is not fails the bench.</summary>
internal static class PlantBench
{
    private const int Within = 200;

    public static async Task<IReadOnlyList<Figure>> RunAsync(string name, BenchOptions options, CancellationToken ct)
    {
        var figures = new List<Figure>();
        foreach (var (plant, planted) in PlantList.All.Where(p => name == "all" || p.Key == name))
        {
            Progress.Say($"leak: planting {plant} (rule {planted.Rule})");
            var outcome = await LeakStack.RunAsync($"p{figures.Count + 1}", options.Seed, planted.Stack, planted, faults => faults >= Within, ct);
            var caught = outcome.Violations.Count > 0;
            figures.Add(new Figure("leak", $"planted {plant}: caught after", caught ? outcome.Faults : double.NaN, "faults")
            {
                AtMost = Within, Note = caught ? $"by {string.Join(", ", outcome.Violations.GroupBy(v => v.Rule).Select(g => $"{g.Key} ×{g.Count()}"))}: {outcome.Violations[0].Text}" : "NOT CAUGHT",
            });
        }
        return figures;
    }
}
