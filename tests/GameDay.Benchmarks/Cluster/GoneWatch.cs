using GameDay.Benchmarks.Stage;

namespace GameDay.Benchmarks.Cluster;

/// <summary>Watches pods with one label and notes when the last of them was seen gone.</summary>
internal sealed class GoneWatch
{
    private readonly HashSet<string> _left;
    private readonly List<DateTimeOffset> _times = [];
    private readonly TaskCompletionSource<DateTimeOffset> _last = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private GoneWatch(IEnumerable<string> names) => _left = [.. names];

    public static async Task<GoneWatch> OpenAsync(KubeApi api, string ns, string app, CancellationToken ct)
    {
        var path = $"api/v1/namespaces/{ns}/pods";
        var list = await api.GetAsync($"{path}?labelSelector=app={app}", ct);
        var watch = new GoneWatch(list["items"]!.AsArray().Select(p => p!.AsObject().Name()));
        _ = watch.FollowAsync(api, path, list["metadata"]!["resourceVersion"]!.GetValue<string>(), ct);
        return watch;
    }

    /// <summary>When each was seen gone, in that order.</summary>
    public IReadOnlyList<DateTimeOffset> Times => _times;

    public Task<DateTimeOffset> LastGoneAsync(TimeSpan patience, CancellationToken ct) => _last.Task.WaitAsync(patience, ct);

    private async Task FollowAsync(KubeApi api, string path, string after, CancellationToken ct)
    {
        try
        {
            await foreach (var (type, pod) in api.WatchAsync(path, after, ct))
            {
                if (type == "DELETED" && _left.Remove(pod.Name())) _times.Add(TimeProvider.System.GetUtcNow());
                if (_left.Count == 0) _last.TrySetResult(_times[^1]);
                if (_left.Count == 0) return;
            }
            _last.TrySetException(new StageFailed("the watch ended before all pods were gone"));
        }
        catch (Exception e)
        {
            _last.TrySetException(e);
        }
    }
}
