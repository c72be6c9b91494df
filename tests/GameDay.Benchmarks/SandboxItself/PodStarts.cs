using System.Diagnostics;
using GameDay.Benchmarks.Cluster;
using GameDay.Benchmarks.Figures;

namespace GameDay.Benchmarks.SandboxItself;

/// <summary>From the request that makes a pod until a watch says it is ready: admission, scheduler, kubelet, status.</summary>
internal static class PodStarts
{
    private const int Count = 50;

    public static async Task<IEnumerable<Figure>> MeasureAsync(KubeApi api, string ns, CancellationToken ct)
    {
        var ready = new Dictionary<string, TaskCompletionSource<long>>(StringComparer.Ordinal);
        for (var i = 1; i <= Count; i++) ready[$"start-{i}"] = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var since = (await api.GetAsync($"api/v1/namespaces/{ns}/pods?limit=1", ct))["metadata"]!["resourceVersion"]!.GetValue<string>();
        var watching = WatchAsync(api, ns, since, ready, enough.Token);
        var times = new List<double>();
        for (var i = 1; i <= Count; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await api.PostAsync($"api/v1/namespaces/{ns}/pods", Pod($"start-{i}"), ct);
            times.Add(Stopwatch.GetElapsedTime(began, await ready[$"start-{i}"].Task.WaitAsync(TimeSpan.FromSeconds(60), ct)).TotalMilliseconds);
        }
        await enough.CancelAsync();
        await watching;
        return
        [
            new("sandbox", "pod start, p50", Percentiles.Of(times, 50), "ms") { Note = $"POST to Ready on a watch, {Count} pods one after the other beside 5000" },
            new("sandbox", "pod start, p99", Percentiles.Of(times, 99), "ms") { AtMost = 2000 },
        ];
    }

    private static async Task WatchAsync(KubeApi api, string ns, string since, Dictionary<string, TaskCompletionSource<long>> ready, CancellationToken ct)
    {
        try
        {
            await foreach (var (_, pod) in api.WatchAsync($"api/v1/namespaces/{ns}/pods", since, ct))
            {
                var isReady = pod["status"]?["conditions"]?.AsArray().Any(c => c!["type"]!.GetValue<string>() == "Ready" && c["status"]!.GetValue<string>() == "True") == true;
                if (isReady && ready.TryGetValue(pod.Name(), out var waiting)) waiting.TrySetResult(Stopwatch.GetTimestamp());
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested) { return; } // all were seen
    }

    private static string Pod(string name) => $$$"""{"metadata":{"name":"{{{name}}}"},"spec":{"containers":[{"name":"main","image":"example.com/ghost:1"}]}}""";
}
