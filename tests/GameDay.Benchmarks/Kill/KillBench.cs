using System.Diagnostics;
using GameDay.Benchmarks.Cluster;
using GameDay.Benchmarks.Figures;
using GameDay.Benchmarks.Stage;
using GameDay.Engine;

namespace GameDay.Benchmarks.Kill;

/// <summary>Pods killed until the last is seen gone on a watch: by the product, by kubectl, by bare DELETE on ten connections, on one server.</summary>
internal static class KillBench
{
    private const string Ns = "bench-kill";
    private const double MostOfRaw = 1.3;
    private const int Rounds = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken ct)
    {
        await using var stack = await Stack.StartAsync(new StackOptions(1, 1), ct);
        var crowd = new Crowd(stack.Cluster);
        await crowd.NamespaceAsync(Ns, ct);
        await crowd.AnchorAsync(Ns, ct);
        await WarmUpAsync(stack, crowd, ct);
        var figures = new List<Figure>();
        foreach (var count in (int[])[100, 1000]) figures.AddRange(await OneSizeAsync(stack, crowd, count, ct));
        return figures;
    }

    private static async Task WarmUpAsync(Stack stack, Crowd crowd, CancellationToken ct)
    {
        await ProductAsync(stack, crowd, "warm", 20, ct);
        await RawAsync(stack, crowd, "warm", 20, ct);
    }

    private static async Task<IEnumerable<Figure>> OneSizeAsync(Stack stack, Crowd crowd, int count, CancellationToken ct)
    {
        List<Killed> product = [], raw = [], kubectl = [];
        for (var round = 1; round <= Rounds; round++)
        {
            raw.Add(await RawAsync(stack, crowd, $"raw{count}-{round}", count, ct));
            kubectl.Add(await KubectlAsync(stack, crowd, $"kubectl{count}-{round}", count, ct));
            product.Add(await ProductAsync(stack, crowd, $"product{count}-{round}", count, ct));
            Progress.Say($"kill: {count} pods, round {round}: GameDay {product[^1]}, kubectl {kubectl[^1]}, bare {raw[^1]}");
        }
        Figure Of(string name, double seconds, string? note = null) => new("kill", $"{count} pods, {name}", seconds, "s") { Note = note };
        var killing = Median(product, k => k.Killing);
        var bare = Median(raw, k => k.Killing);
        return
        [
            Of("GameDay, the killing", killing, $"{count / killing:0} pods/s; {new EngineOptions().AtOnce} at once, no QPS limit; first to last seen gone within each step of the ramp"),
            Of("bare DELETE on ten connections", bare, $"{count / bare:0} pods/s"),
            Of("kubectl delete pods -l", Median(kubectl, k => k.Killing), "from the first seen gone"),
            new("kill", $"{count} pods, GameDay to bare", killing / bare, "×") { AtMost = MostOfRaw, Note = $"medians of {Rounds} rounds" },
            Of("GameDay, the whole run", Median(product, k => k.Whole), "from Injecting on, with every read and dry run and two looks at the probes"),
            Of("kubectl, from its start", Median(kubectl, k => k.Whole)),
        ];
    }

    private static double Median(IEnumerable<Killed> rounds, Func<Killed, TimeSpan> of) => Percentiles.Of([.. rounds.Select(k => of(k).TotalSeconds)], 50);

    private static async Task<Killed> ProductAsync(Stack stack, Crowd crowd, string app, int count, CancellationToken ct)
    {
        await crowd.PodsAsync(Ns, app, count, ct);
        var gone = await GoneWatch.OpenAsync(stack.Cluster, Ns, app, ct);
        var id = await stack.App.RunAsync(ExerciseText.Of($"Kill {count}", "kind: pod-kill, gracePeriod: 0s", $"namespace: {Ns}, selector: app={app}, choose: all", "60s", Ns), ct);
        try
        {
            await gone.LastGoneAsync(Patience, ct);
            var began = await new Records(stack.Database).InjectingSinceAsync(id, ct) ?? throw new StageFailed("the run never began");
            await stack.App.AbortAsync(id, ct);
            // The looks at the probes between the ramp's steps (one, a tenth, the rest) are meant to take time and kill nobody.
            return Killed.Of(gone, began, [1, (count + 9) / 10]);
        }
        catch (TimeoutException)
        {
            throw new StageFailed($"not all of {count} pods were killed: {await new Records(stack.Database).StateAsync(id, ct)}");
        }
    }

    private static async Task<Killed> RawAsync(Stack stack, Crowd crowd, string app, int count, CancellationToken ct)
    {
        await crowd.PodsAsync(Ns, app, count, ct);
        using var ten = new KubeApi(stack.Kubeconfig, connections: 10);
        var gone = await GoneWatch.OpenAsync(stack.Cluster, Ns, app, ct);
        var began = TimeProvider.System.GetUtcNow();
        await Parallel.ForEachAsync(Enumerable.Range(1, count), new ParallelOptions { MaxDegreeOfParallelism = 10, CancellationToken = ct },
            async (i, stop) => await ten.DeleteAsync($"api/v1/namespaces/{Ns}/pods/{app}-{i}", """{"gracePeriodSeconds":0}""", stop));
        await gone.LastGoneAsync(Patience, ct);
        return Killed.Of(gone, began, []);
    }

    private static async Task<Killed> KubectlAsync(Stack stack, Crowd crowd, string app, int count, CancellationToken ct)
    {
        await crowd.PodsAsync(Ns, app, count, ct);
        var gone = await GoneWatch.OpenAsync(stack.Cluster, Ns, app, ct);
        var began = TimeProvider.System.GetUtcNow();
        using var kubectl = Process.Start(new ProcessStartInfo("kubectl", ["--kubeconfig", stack.Kubeconfig, "-n", Ns, "delete", "pods", "-l", $"app={app}", "--grace-period=0", "--force"])
        { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false }) ?? throw new StageFailed("kubectl did not start");
        _ = kubectl.StandardOutput.ReadToEndAsync(ct);
        _ = kubectl.StandardError.ReadToEndAsync(ct);
        await gone.LastGoneAsync(Patience, ct);
        // It goes on asking for each pod for minutes; what it had to do is done.
        kubectl.Kill();
        return Killed.Of(gone, began, []);
    }
}

/// <param name="Whole">From the start to the last seen gone.</param>
/// <param name="Killing">From the first seen gone to the last, the pauses between steps left out.</param>
internal sealed record Killed(TimeSpan Whole, TimeSpan Killing)
{
    /// <param name="steps">How many were gone when a pause began.</param>
    public static Killed Of(GoneWatch gone, DateTimeOffset began, IReadOnlyList<int> steps)
    {
        var killing = TimeSpan.Zero;
        var from = 0;
        foreach (var to in steps.Append(gone.Times.Count))
        {
            killing += gone.Times[to - 1] - gone.Times[from];
            from = to;
        }
        return new(gone.Times[^1] - began, killing);
    }

    public override string ToString() => $"{Whole.TotalSeconds:0.00} s, of it {Killing.TotalSeconds:0.000} s killing";
}
