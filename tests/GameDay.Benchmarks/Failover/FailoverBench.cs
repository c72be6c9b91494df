using System.Diagnostics;
using GameDay.Benchmarks.Cluster;
using GameDay.Benchmarks.Figures;
using GameDay.Benchmarks.Stage;

namespace GameDay.Benchmarks.Failover;

/// <summary>Two app processes on one PostgreSQL: kill -9 of the run's node to the next step by the other.</summary>
internal static class FailoverBench
{
    private const string Ns = "bench-failover";
    private const double MostSeconds = 10;
    private const int Rounds = 6;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken ct)
    {
        await using var stack = await Stack.StartAsync(new StackOptions(Apps: 2, Reapers: 1), ct);
        var crowd = new Crowd(stack.Cluster);
        await crowd.NamespaceAsync(Ns, ct);
        await crowd.AnchorAsync(Ns, ct);
        await crowd.DeploymentsAsync(Ns, "server", 1, 1, ct, "gameday/shop-payments:1");
        var took = new List<(string State, double Seconds)>();
        for (var round = 1; round <= Rounds; round++)
        {
            await crowd.PodsAsync(Ns, $"lat{round}", 3, ct);
            took.Add(await OnceAsync(stack, $"lat{round}", round % 3 == 0 ? "Baseline" : round % 3 == 1 ? "Observing" : "Injecting", ct));
            Progress.Say($"failover: killed in {took[^1].State}, next step after {took[^1].Seconds:0.00} s");
            await stack.AllUpAsync(ct);
        }
        return
        [
            new("failover", "kill -9 to the other's next step, p50", Percentiles.Of([.. took.Select(t => t.Seconds)], 50), "s") { Note = $"{Rounds} kills, in {string.Join(", ", took.Select(t => t.State).Distinct())}" },
            new("failover", "kill -9 to the other's next step, max", took.Max(t => t.Seconds), "s") { AtMost = MostSeconds },
        ];
    }

    private static async Task<(string State, double Seconds)> OnceAsync(Stack stack, string app, string state, CancellationToken ct)
    {
        var records = new Records(stack.Database);
        var id = await stack.App.RunAsync(ExerciseText.Of($"Failover {app}", "kind: network-latency, delay: 200ms, to: app=server", $"namespace: {Ns}, selector: app={app}, choose: all", "60s", Ns), ct);
        await UntilAsync(async () => (await records.StateAsync(id, ct)).StartsWith(state, StringComparison.Ordinal), $"the run never was in {state}", ct);
        var owner = await records.OwnerAsync(id, ct);
        var before = await records.LastEntryAsync(id, ct);
        var victim = stack.Apps.FirstOrDefault(a => owner.Contains($"-{a.Process.Id}-", StringComparison.Ordinal)) ?? throw new StageFailed($"no app is the owner {owner}");
        var watch = Stopwatch.StartNew();
        victim.Process.Kill();
        await UntilAsync(async () => await records.OwnerAsync(id, ct) != owner && await records.LastEntryAsync(id, ct) > before, "nobody took the run up", ct);
        var took = watch.Elapsed.TotalSeconds;
        await stack.App.AbortAsync(id, ct);
        return (state, took);
    }

    private static async Task UntilAsync(Func<Task<bool>> holds, string problem, CancellationToken ct)
    {
        for (var watch = Stopwatch.StartNew(); !await holds(); await Task.Delay(20, ct))
            if (watch.Elapsed > Patience) throw new StageFailed(problem);
    }
}
