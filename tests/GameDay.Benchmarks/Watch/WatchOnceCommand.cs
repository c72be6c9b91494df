using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using GameDay.Benchmarks.Cluster;
using GameDay.Benchmarks.Figures;
using GameDay.Benchmarks.Stage;
using GameDay.Kubernetes;

namespace GameDay.Benchmarks.Watch;

/// <summary><c>watch-once</c>: a process that only watches, says when it has seen all pods, and tells what it saw when its input closes.</summary>
internal static class WatchOnceCommand
{
    public static Command Create()
    {
        var kubeconfig = new Option<string>("--kubeconfig") { Required = true };
        var command = new Command("watch-once", "For the benches: one watch in a process of its own.") { kubeconfig };
        command.Hidden = true;
        command.SetAction(async (parsed, ct) =>
        {
            using var client = new KubernetesClient(KubernetesClientConfiguration.FromKubeConfig(parsed.GetValue(kubeconfig)!));
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
            _ = StopWhenInputClosesAsync(stop);
            Console.WriteLine(JsonSerializer.Serialize(await WatchAsync(client, stop.Token)));
            return 0;
        });
        return command;
    }

    private static async Task<Watched> WatchAsync(KubernetesClient client, CancellationToken ct)
    {
        var last = new Dictionary<string, string>(StringComparer.Ordinal);
        var lags = new List<double>();
        var (changes, interruptions, start, startHeld) = (0, 0, double.NaN, double.NaN);
        try
        {
            await foreach (var change in client.WatchAsync<V1Pod>(BigCrowd.Ns, $"app={BigCrowd.App}", onInterrupted: _ => interruptions++, cancellationToken: ct))
            {
                if (++changes == BigCrowd.Pods) (start, startHeld) = Settled();
                if (change.Object.Metadata.Annotation(Churn.Annotation) is not { } at || last.GetValueOrDefault(change.Object.Metadata.Uid!) == at) continue;
                last[change.Object.Metadata.Uid!] = at;
                if (changes > BigCrowd.Pods) lags.Add(Churn.Since(at)); // the first ones bear the marks of an earlier time
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested) { } // told to stop
        var (end, endHeld) = Settled();
        return new(changes, lags.Count, Percentiles.Of(lags, 50), Percentiles.Of(lags, 99), lags.DefaultIfEmpty(double.NaN).Max(), interruptions, start, end, Memory.Peak(Environment.ProcessId), startHeld, endHeld);
    }

    /// <summary>Memory once all garbage is gone, as the kernel sees it; the first time it also says that all pods were seen.</summary>
    private static (double Resident, double Held) Settled()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        Console.WriteLine("settled");
        return (Memory.Now(Environment.ProcessId), GC.GetTotalMemory(forceFullCollection: false) / 1e6);
    }

    private static async Task StopWhenInputClosesAsync(CancellationTokenSource stop)
    {
        using var input = new StreamReader(Console.OpenStandardInput());
        await input.ReadToEndAsync(CancellationToken.None);
        await stop.CancelAsync();
    }
}

/// <param name="Lags">Marked changes seen; the lags are seconds from before the change was asked for.</param>
internal sealed record Watched(int Changes, int Lags, double P50, double P99, double Max, int Interruptions, double StartMegabytes, double EndMegabytes, double PeakMegabytes, double StartHeld, double EndHeld);
