using System.Diagnostics;
using GameDay.Benchmarks.Figures;
using GameDay.Benchmarks.Leak.Namespaces;
using GameDay.Benchmarks.Plants;
using GameDay.Benchmarks.Stage;

namespace GameDay.Benchmarks.Leak;

/// <summary>Faults by the hundred while everything of ours is killed, cut off and lied to: none is left, none comes twice.</summary>
internal static class LeakBench
{
    public static Task<IReadOnlyList<Figure>> RunAsync(BenchOptions options, CancellationToken ct) =>
        options.Plant is { } plant ? PlantBench.RunAsync(plant, options, ct) : MeasureAsync(LeakOptions.Of(options), ct);

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(LeakOptions options, CancellationToken ct)
    {
        Progress.Say($"leak: seed {options.Seed}, {options.Faults} faults, {options.InNamespaces} of them in real network namespaces, {options.Stacks} stacks");
        var watch = Stopwatch.StartNew();
        var wanted = (options.Faults - options.InNamespaces + options.Stacks - 1) / options.Stacks;
        var namespaces = NamespaceLane.RunAsync(options.InNamespaces, options.Seed, null, ct);
        var stacks = await Task.WhenAll(Enumerable.Range(1, options.Stacks).Select(i =>
            LeakStack.RunAsync($"s{i}", unchecked((options.Seed * 31) + i), new StackOptions(i % 2 == 0 ? 2 : 1, 1), null, faults => faults >= wanted || watch.Elapsed > options.Longest, ct)));
        return Figures(options, stacks, await namespaces, watch.Elapsed);
    }

    private static IReadOnlyList<Figure> Figures(LeakOptions options, LeakOutcome[] stacks, LaneOutcome lane, TimeSpan took)
    {
        var violations = stacks.SelectMany(s => s.Violations).Concat(lane.Violations).ToList();
        double[] late = [.. stacks.SelectMany(s => s.Lateness), .. lane.Lateness];
        Figure Late(string name, double value) => new("leak", $"lateness past the deadline, {name}", value, "s") { AtMost = name == "max" ? 30 : null };
        return
        [
            new("leak", "faults", stacks.Sum(s => s.Faults) + lane.Faults, "") { AtLeast = options.Quick ? options.Faults / 2 : options.Faults, Note = $"seed {options.Seed}; {string.Join(", ", Sum(stacks.Select(s => s.Kinds)))}" },
            new("leak", "of them in real network namespaces", lane.Faults, "") { AtLeast = options.Quick ? null : options.InNamespaces, Note = lane.Note },
            new("leak", "trials", stacks.Sum(s => s.Trials), "") { Note = string.Join(", ", Sum(stacks.Select(s => s.Mishaps))) },
            new("leak", "trials with 20 faults and more at once", stacks.Sum(s => s.Full), "") { Note = "the others lost some on the way there, as they were meant to" },
            new("leak", "leaks", violations.Count(v => v.IsLeak), "") { AtMost = 0, Note = First(violations.Where(v => v.IsLeak)) },
            new("leak", "double injections", violations.Count(v => v.IsDouble), "") { AtMost = 0, Note = First(violations.Where(v => v.IsDouble)) },
            new("leak", "other rules broken", violations.Count(v => !v.IsLeak && !v.IsDouble), "") { AtMost = 0, Note = First(violations.Where(v => !v.IsLeak && !v.IsDouble)) },
            new("leak", "timeline gaps", stacks.Sum(s => s.Gaps), "") { AtMost = 0 },
            new("leak", "runs that did not end", stacks.Sum(s => s.Unended), "") { AtMost = 0 },
            Late("p50", Percentiles.Of(late, 50)), Late("p99", Percentiles.Of(late, 99)), Late("max", late.DefaultIfEmpty(double.NaN).Max()),
            new("leak", "whole", took.TotalMinutes, "min") { AtMost = options.Quick ? null : 45 },
        ];
    }

    private static string? First(IEnumerable<Judging.Violation> violations) => violations.Select(v => $"{v.Rule}: {v.Text}").FirstOrDefault();

    private static IEnumerable<string> Sum(IEnumerable<IReadOnlyDictionary<string, int>> counts) =>
        counts.SelectMany(c => c).GroupBy(c => c.Key, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Sum(c => c.Value)} {g.Key}");
}
