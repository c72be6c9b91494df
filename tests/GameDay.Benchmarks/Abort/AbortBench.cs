using GameDay.Benchmarks.Cluster;
using GameDay.Benchmarks.Figures;
using GameDay.Benchmarks.Leak.Judging;
using GameDay.Benchmarks.Stage;

namespace GameDay.Benchmarks.Abort;

/// <summary>200 active faults on 200 pods (agent 50 %, NetworkPolicy 25 %, replicas 25 %): from the abort to each proved, beside the bare API calls.</summary>
internal static class AbortBench
{
    private const string Ns = "bench-abort";
    private const double MostSeconds = 5;
    private static readonly TimeSpan InPlaceWithin = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ProvedWithin = TimeSpan.FromMinutes(2);

    private static readonly (string App, string Layer, int Count, string Fault)[] Groups =
    [
        ("lat", "net", 100, "kind: network-latency, delay: 100ms, to: app=server"),
        ("part", "policy", 50, "kind: network-partition, to: app=server"),
        ("dep", "replicas", 50, "kind: dependency-outage"),
    ];

    public static async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken ct)
    {
        await using var stack = await Stack.StartAsync(new StackOptions(1, 1), ct);
        await using var judge = new Judge(stack.Kubeconfig);
        await SetUpAsync(stack, judge, ct);
        var exercises = await Task.WhenAll(Groups.Select(g => stack.App.RunAsync(ExerciseText.Of($"Abort {g.App}", g.Fault, $"namespace: {Ns}, selector: app={g.App}, choose: all", "10m", Ns), ct)));
        await InPlaceAsync(stack, judge, exercises, ct);
        Progress.Say("abort: 200 faults are active");
        var began = TimeProvider.System.GetUtcNow();
        await Task.WhenAll(exercises.Select(id => stack.App.AbortAsync(id, ct)));
        await UntilAsync(() => Proved(judge).Count == 200, ProvedWithin, () => $"only {Proved(judge).Count} of 200 faults were proved gone", ct);
        var bare = await new BareUndo(stack, Ns).MeasureAsync(ct);
        return [.. Figures(judge, began), .. Bare(bare, Proved(judge).Select(e => (e.ProvedSeen!.Value - began).TotalSeconds).ToList())];
    }

    private static async Task SetUpAsync(Stack stack, Judge judge, CancellationToken ct)
    {
        var crowd = new Crowd(stack.Cluster);
        await crowd.NamespaceAsync(Ns, ct);
        await crowd.AnchorAsync(Ns, ct);
        await crowd.DeploymentsAsync(Ns, "server", 1, 1, ct, "gameday/shop-payments:1");
        await crowd.PodsAsync(Ns, "lat", 100, ct);
        await crowd.PodsAsync(Ns, "part", 50, ct);
        await crowd.DeploymentsAsync(Ns, "dep", 50, 1, ct);
        for (var i = 1; i <= 50; i++) judge.Facts.Expect(Ns, $"dep-{i}", 1);
    }

    private static async Task InPlaceAsync(Stack stack, Judge judge, Guid[] exercises, CancellationToken ct)
    {
        var records = new Records(stack.Database);
        await UntilAsync(() => Groups.All(g => Present(judge, g.Layer) == g.Count), InPlaceWithin,
            () => $"not all faults are in place: {string.Join(", ", Groups.Select((g, i) => $"{Present(judge, g.Layer)} of {g.Count} {g.App} ({records.StateAsync(exercises[i], ct).GetAwaiter().GetResult()})"))}", ct);
        // Proof needs the effect to be known to the run, not only to the kernel.
        foreach (var id in exercises)
            while (!(await records.StateAsync(id, ct)).StartsWith("Observing", StringComparison.Ordinal)) await Task.Delay(200, ct);
    }

    private static IEnumerable<Figure> Figures(Judge judge, DateTimeOffset began)
    {
        var proved = Proved(judge);
        foreach (var group in proved.GroupBy(e => e.Kind, StringComparer.Ordinal)) yield return Of($"{group.Key}, p99", Percentiles.Of(Took(group), 99));
        yield return Of("Abort to proved, p50", Percentiles.Of(Took(proved), 50));
        yield return Of("Abort to proved, p99", Percentiles.Of(Took(proved), 99)) with { AtMost = MostSeconds, Note = "200 faults, 100 of them with a live agent process" };
        yield return Of("Abort to proved, max", Took(proved).Max());
        yield return Of("still there after proof", judge.Rules.Violations.Count) with { Unit = "", AtMost = 0, Note = judge.Rules.Violations.Select(v => v.Text).FirstOrDefault() };

        double[] Took(IEnumerable<Entry> entries) => [.. entries.Select(e => (e.ProvedSeen!.Value - began).TotalSeconds)];
        static Figure Of(string name, double value) => new("abort", name, value, "s");
    }

    private static IEnumerable<Figure> Bare(IReadOnlyList<double> bare, IReadOnlyList<double> product) =>
    [
        new("abort", "bare API calls, ten connections, p50", Percentiles.Of(bare, 50), "s"),
        new("abort", "bare API calls, ten connections, p99", Percentiles.Of(bare, 99), "s") { Note = "agents until terminated, policies deleted, replicas written; nothing read back, nothing written down" },
        new("abort", "GameDay to bare, p99", Percentiles.Of(product, 99) / Percentiles.Of(bare, 99), "×"),
    ];

    private static List<Entry> Proved(Judge judge)
    {
        lock (judge.Facts.Gate) return [.. judge.Facts.Entries.Where(e => e.Namespace == Ns && e.ProvedSeen is not null)];
    }

    private static int Present(Judge judge, string layer)
    {
        lock (judge.Facts.Gate) return judge.Facts.Effects.Count(e => e.Present && e.Key.Layer == layer);
    }

    private static async Task UntilAsync(Func<bool> holds, TimeSpan patience, Func<string> problem, CancellationToken ct)
    {
        for (var watch = System.Diagnostics.Stopwatch.StartNew(); !holds(); await Task.Delay(100, ct))
            if (watch.Elapsed > patience) throw new StageFailed(problem());
    }
}
