using GameDay.Benchmarks.Leak.Judging;
using GameDay.Benchmarks.Plants;
using GameDay.Benchmarks.Stage;

namespace GameDay.Benchmarks.Leak;

/// <summary>What one stack's trials came to.</summary>
internal sealed record LeakOutcome(int Faults, int Trials, IReadOnlyList<Violation> Violations, IReadOnlyList<double> Lateness, int Gaps, int Unended, int Full, IReadOnlyDictionary<string, int> Kinds, IReadOnlyDictionary<string, int> Mishaps);

/// <summary>One stack and its trials, one after the other, until there are enough faults or a violation is wanted and found.</summary>
internal static class LeakStack
{
    private static readonly TimeSpan EndedWithin = TimeSpan.FromSeconds(90);

    /// <param name="enough">Asked between trials, with the faults so far.</param>
    public static async Task<LeakOutcome> RunAsync(string name, int seed, StackOptions options, Plant? plant, Func<int, bool> enough, CancellationToken ct)
    {
        var chance = new Random(seed);
        await using var stack = await Stack.StartAsync(options, ct);
        await using var judge = new Judge(stack.Kubeconfig);
        using var deaths = new SemaphoreSlim(2);
        var (faults, trials, told, peaks, mishaps) = (0, 0, 0, new List<int>(), new Dictionary<string, int>(StringComparer.Ordinal));
        while (!enough(faults) && (plant is null || judge.Rules.Violations.Count == 0))
        {
            judge.Facts.Peak = 0;
            var trial = new Trial(stack, judge, $"leak-{name}-{++trials}", trials, chance, deaths, plant);
            await stack.AllUpAsync(ct);
            await trial.RunAsync(ct);
            faults += trial.Faults;
            peaks.Add(judge.Facts.Peak);
            foreach (var drawn in trial.Drawn) mishaps[drawn] = mishaps.GetValueOrDefault(drawn) + 1;
            Progress.Say($"leak: stack {name} trial {trials}: {trial.Faults} faults, at most {judge.Facts.Peak} at once; {string.Join(", ", trial.Drawn)}");
            foreach (var violation in judge.Rules.Violations.Skip(told).Take(3)) Progress.Say($"leak: VIOLATION {violation.Rule}: {violation.Text}");
            told = judge.Rules.Violations.Count;
            if (plant is null && judge.Rules.Violations.Count > 0) stack.Home.Keep = true;
        }
        var records = new Records(stack.Database);
        var unended = plant is null ? await UnendedAsync(stack, records, ct) : 0;
        lock (judge.Facts.Gate)
            return new LeakOutcome(faults, trials, judge.Rules.Violations, [.. Lateness(judge)], plant is null ? records.GapsAsync(ct).GetAwaiter().GetResult() : 0, unended, peaks.Count(p => p >= Trial.Many), Kinds(judge), mishaps);
    }

    private static IEnumerable<double> Lateness(Judge judge) => judge.Facts.Effects.Where(e => e.Gone is not null).Select(e => Math.Max(0, (e.Gone!.Value - judge.Rules.DeadlineOf(e)).TotalSeconds));

    private static Dictionary<string, int> Kinds(Judge judge) => judge.Facts.Entries.GroupBy(e => e.Kind, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);

    private static async Task<int> UnendedAsync(Stack stack, Records records, CancellationToken ct)
    {
        await stack.AllUpAsync(ct);
        var until = TimeProvider.System.GetUtcNow() + EndedWithin;
        int left;
        while ((left = await records.UnendedRunsAsync(ct)) > 0 && TimeProvider.System.GetUtcNow() < until) await Task.Delay(500, ct);
        return left;
    }
}
