using System.Collections.Concurrent;
using GameDay.Benchmarks.Leak.Judging;
using GameDay.Benchmarks.Stage;
using GameDay.Web.CommandLine.Up;

namespace GameDay.Benchmarks.Leak.Namespaces;

internal sealed record LaneOutcome(int Faults, IReadOnlyList<Violation> Violations, IReadOnlyList<double> Lateness, string? Note);

/// <summary>The agent's own executable in real network namespaces, killed -9 at any moment; judged by nft and by traffic.</summary>
internal static class NamespaceLane
{
    private const int AtOnce = 6;

    public static async Task<LaneOutcome> RunAsync(int faults, int seed, string? agent, CancellationToken ct)
    {
        if (await VethPair.WhyNotAsync(ct) is { } why) return new LaneOutcome(0, [], [], why);
        var chance = new Random(seed);
        var draws = Enumerable.Range(1, faults).Select(i => NamespaceFault.Draw(i, chance)).ToList();
        var (violations, lateness, noted) = (new ConcurrentBag<Violation>(), new ConcurrentBag<double>(), new ConcurrentBag<string>());
        await Parallel.ForEachAsync(draws, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (draw, stop) =>
        {
            await using var pair = await VethPair.CreateAsync(stop);
            var judged = await draw.RunAsync(pair, agent ?? Layout.FromEnvironment().Agent, stop);
            if (judged.Violation is { } broken) violations.Add(broken);
            if (judged.Lateness is { } late) lateness.Add(late);
            else noted.Add(judged.Problem ?? "");
        });
        Progress.Say($"leak: {lateness.Count} faults in real network namespaces, {draws.Count(d => d.KilledAfter is not null)} agents killed");
        return new LaneOutcome(lateness.Count, [.. violations], [.. lateness], noted.FirstOrDefault() is { } first ? $"{noted.Count} without effect: {first}" : $"{draws.Count(d => d.KilledAfter is not null)} agents killed -9");
    }
}
