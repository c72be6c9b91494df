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
        var raw = await RawAsync(stack, crowd, $"raw{count}", count, ct);
        Progress.Say($"kill: bare DELETE of {count} pods took {raw.TotalSeconds:0.00} s");
        var kubectl = await KubectlAsync(stack, crowd, $"kubectl{count}", count, ct);
        Progress.Say($"kill: kubectl delete of {count} pods took {kubectl.TotalSeconds:0.00} s");
        var (product, lastStep) = await ProductAsync(stack, crowd, $"product{count}", count, ct);
        Progress.Say($"kill: GameDay's pod-kill of {count} pods took {product.TotalSeconds:0.00} s");
        Figure Of(string name, TimeSpan took, string? note = null) => new("kill", $"{count} pods, {name}", took.TotalSeconds, "s") { Note = note };
        return
        [
            Of("GameDay", product, $"{new EngineOptions().AtOnce} at once, no QPS limit; from Injecting on, with every dry run and the looks between the ramp's steps"),
            Of("GameDay, last step of the ramp", lastStep, $"{count * 9 / 10 / lastStep.TotalSeconds:0} pods/s, bare {count / raw.TotalSeconds:0} pods/s"),
            Of("kubectl delete pods -l", kubectl),
            Of("bare DELETE, ten connections", raw),
            new("kill", $"{count} pods, GameDay to bare", product / raw, "×") { AtMost = MostOfRaw },
            new("kill", $"{count} pods, GameDay to kubectl", product / kubectl, "×"),
        ];
    }

    /// <returns>All of it, and the last step of the ramp alone: the looks at the probes between the steps are meant to take time.</returns>
    private static async Task<(TimeSpan Whole, TimeSpan LastStep)> ProductAsync(Stack stack, Crowd crowd, string app, int count, CancellationToken ct)
    {
        await crowd.PodsAsync(Ns, app, count, ct);
        var gone = await GoneWatch.OpenAsync(stack.Cluster, Ns, app, ct);
        var id = await stack.App.RunAsync(ExerciseText.Of($"Kill {count}", "kind: pod-kill, gracePeriod: 0s", $"namespace: {Ns}, selector: app={app}, choose: all", "60s", Ns), ct);
        try
        {
            var last = await gone.LastGoneAsync(Patience, ct);
            var began = await new Records(stack.Database).InjectingSinceAsync(id, ct) ?? throw new StageFailed("the run never began");
            await stack.App.AbortAsync(id, ct);
            return (last - began, last - gone.Times[(count + 9) / 10]);
        }
        catch (TimeoutException)
        {
            throw new StageFailed($"not all of {count} pods were killed: {await new Records(stack.Database).StateAsync(id, ct)}");
        }
    }

    private static async Task<TimeSpan> RawAsync(Stack stack, Crowd crowd, string app, int count, CancellationToken ct)
    {
        await crowd.PodsAsync(Ns, app, count, ct);
        using var ten = new KubeApi(stack.Kubeconfig, connections: 10);
        var gone = await GoneWatch.OpenAsync(stack.Cluster, Ns, app, ct);
        var began = TimeProvider.System.GetUtcNow();
        await Parallel.ForEachAsync(Enumerable.Range(1, count), new ParallelOptions { MaxDegreeOfParallelism = 10, CancellationToken = ct },
            async (i, stop) => await ten.DeleteAsync($"api/v1/namespaces/{Ns}/pods/{app}-{i}", """{"gracePeriodSeconds":0}""", stop));
        return await gone.LastGoneAsync(Patience, ct) - began;
    }

    private static async Task<TimeSpan> KubectlAsync(Stack stack, Crowd crowd, string app, int count, CancellationToken ct)
    {
        await crowd.PodsAsync(Ns, app, count, ct);
        var gone = await GoneWatch.OpenAsync(stack.Cluster, Ns, app, ct);
        var began = TimeProvider.System.GetUtcNow();
        using var kubectl = Process.Start(new ProcessStartInfo("kubectl", ["--kubeconfig", stack.Kubeconfig, "-n", Ns, "delete", "pods", "-l", $"app={app}", "--grace-period=0", "--force"])
        { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false }) ?? throw new StageFailed("kubectl did not start");
        _ = kubectl.StandardOutput.ReadToEndAsync(ct);
        _ = kubectl.StandardError.ReadToEndAsync(ct);
        var last = await gone.LastGoneAsync(Patience, ct);
        // It goes on asking for each pod for minutes; what it had to do is done.
        kubectl.Kill();
        return last - began;
    }
}
