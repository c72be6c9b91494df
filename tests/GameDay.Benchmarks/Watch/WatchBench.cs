using System.Diagnostics;
using System.Text.Json;
using GameDay.Benchmarks.Cluster;
using GameDay.Benchmarks.Figures;
using GameDay.Benchmarks.Stage;

namespace GameDay.Benchmarks.Watch;

/// <summary>A watch over 5,000 pods that change a hundred times a second for a minute, beside <c>kubectl get -w</c> on the same changes.</summary>
internal static class WatchBench
{
    private const int PerSecond = 100;
    private const double MostGrowth = 1.25;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken ct)
    {
        await using var sandbox = await SandboxNode.StartAsync(ct);
        await BigCrowd.MakeAsync(sandbox.Api, ct);
        var churn = new Churn(sandbox.Api, PerSecond, Duration);
        await churn.PrepareAsync(ct);
        using var product = Watching(sandbox);
        await SettledAsync(product, ct);
        await using var kubectl = new KubectlWatch(new Kubectl(sandbox.Home), sandbox.Kubeconfig);
        await kubectl.ReadyAsync(Patience, ct);
        Progress.Say($"watch: {PerSecond} changes a second for {Duration.TotalSeconds:0} s");
        await churn.RunAsync(ct);
        await kubectl.SeenAsync(churn.Marked, Patience, ct);
        var watched = await EndAsync(product, ct);
        return Figures(churn, watched, kubectl);
    }

    private static IReadOnlyList<Figure> Figures(Churn churn, Watched watched, KubectlWatch kubectl)
    {
        var theirs = kubectl.Lags;
        return
        [
            Of("changes made a second", (churn.Marked + churn.Deleted) / (Duration + churn.Behind).TotalSeconds, "/s") with { AtLeast = 0.9 * PerSecond, Note = $"{churn.Marked} marked, {churn.Deleted} deleted and replaced" },
            Of("marked changes seen", (double)watched.Lags / churn.Marked, "×") with { AtLeast = 1, Note = $"{watched.Changes} events in all" },
            Of("lag, p50", watched.P50 * 1000, "ms") with { Note = "from before the change is asked for" },
            Of("lag, p99", watched.P99 * 1000, "ms"),
            Of("lag, max", watched.Max * 1000, "ms"),
            Of("kubectl get -w, lag p50", Percentiles.Of(theirs, 50) * 1000, "ms"),
            Of("kubectl get -w, lag p99", Percentiles.Of(theirs, 99) * 1000, "ms"),
            Of("lag p99 to kubectl", watched.P99 / Percentiles.Of(theirs, 99), "×"),
            Of("gaps mended", watched.Interruptions, ""),
            Of("memory at the start", watched.StartMegabytes, "MB") with { Note = "all 5,000 pods seen, garbage collected" },
            Of("memory at the end", watched.EndMegabytes, "MB"),
            Of("memory, end to start", watched.EndMegabytes / watched.StartMegabytes, "×") with { AtMost = MostGrowth },
            Of("objects held, start to end", watched.EndHeld / watched.StartHeld, "×") with { AtMost = MostGrowth, Note = $"{watched.StartHeld:0.0} and {watched.EndHeld:0.0} MB" },
            Of("memory, peak", watched.PeakMegabytes, "MB"),
            Of("kubectl get -w, peak memory", kubectl.PeakMegabytes, "MB"),
        ];
    }

    private static Figure Of(string name, double value, string unit) => new("watch", name, value, unit);

    private static Process Watching(SandboxNode sandbox) => Process.Start(
        new ProcessStartInfo("dotnet", [Built.Host, "watch-once", "--kubeconfig", sandbox.Kubeconfig]) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false })
        ?? throw new StageFailed("the watching process did not start");

    private static async Task SettledAsync(Process product, CancellationToken ct)
    {
        if (await product.StandardOutput.ReadLineAsync(ct).AsTask().WaitAsync(Patience, ct) != "settled") throw new StageFailed("the watch did not see all pods");
    }

    private static async Task<Watched> EndAsync(Process product, CancellationToken ct)
    {
        product.StandardInput.Close();
        await SettledAsync(product, ct);
        return JsonSerializer.Deserialize<Watched>(await product.StandardOutput.ReadLineAsync(ct) ?? "null") ?? throw new StageFailed("the watching process told nothing");
    }
}
