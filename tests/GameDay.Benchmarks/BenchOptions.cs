using System.CommandLine;
using GameDay.Benchmarks.Plants;

namespace GameDay.Benchmarks;

/// <param name="Seed">Of everything that is drawn at random; printed, so that a run can be repeated.</param>
/// <param name="Quick">leak: 60 faults in at most three minutes.</param>
/// <param name="Plant">leak: a planted defect by name, or all.</param>
internal sealed record BenchOptions(int Seed, bool Quick = false, string? Plant = null, int? Faults = null, int? Stacks = null)
{
    /// <summary>What is wrong with them, or null.</summary>
    public string? Wrong =>
        Plant is not null and not "all" && !PlantList.All.ContainsKey(Plant) ? $"there is no plant '{Plant}'; use all, {string.Join(", ", PlantList.All.Keys)}."
        : Faults is < 1 or > 100_000 ? "--faults is a number from 1."
        : Stacks is < 1 or > 20 ? "--stacks is a number from 1 to 20."
        : null;

    public static Func<ParseResult, BenchOptions> AddTo(Command command)
    {
        var seed = new Option<int?>("--seed") { Description = "Seed of what is drawn at random. Default: a new one, printed." };
        var quick = new Option<bool>("--quick") { Description = "leak: 60 faults in at most three minutes." };
        var plant = new Option<string?>("--plant") { Description = "leak: plants this defect (or all, one after the other) and demands that it is caught." };
        var faults = new Option<int?>("--faults") { Description = "leak: how many. Default: 1000, quick 60." };
        var stacks = new Option<int?>("--stacks") { Description = "leak: whole products side by side. Default: 3, quick 2." };
        foreach (var option in (Option[])[seed, quick, plant, faults, stacks]) command.Options.Add(option);
        return parsed => new BenchOptions(parsed.GetValue(seed) ?? Environment.TickCount & int.MaxValue, parsed.GetValue(quick), parsed.GetValue(plant), parsed.GetValue(faults), parsed.GetValue(stacks));
    }
}
