using System.Text.Json.Nodes;
using GameDay.Benchmarks.Cluster;

namespace GameDay.Benchmarks.Leak.Judging;

/// <summary>Follows one collection for ever: lists, watches, and lists again when the stream breaks. What vanished meanwhile is told as deleted.</summary>
internal sealed class Mirror(KubeApi api, string path, Action<JsonObject> seen, Action<JsonObject, long> gone)
{
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(200);
    private readonly Dictionary<string, JsonObject> _known = new(StringComparer.Ordinal);

    public async Task FollowAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try { await OnceAsync(ct); }
            catch (Exception e) when (!ct.IsCancellationRequested && e is HttpRequestException or IOException or KubeRefused) { } // broken on purpose: list again
            catch (OperationCanceledException) when (ct.IsCancellationRequested) { return; }
            await Task.Delay(Breath, CancellationToken.None);
        }
    }

    private async Task OnceAsync(CancellationToken ct)
    {
        var list = await api.GetAsync(path, ct);
        var version = list["metadata"]!["resourceVersion"]!.GetValue<string>();
        var items = list["items"]!.AsArray().Select(i => i!.AsObject()).ToDictionary(o => o.Uid(), StringComparer.Ordinal);
        foreach (var (uid, lost) in _known.Where(k => !items.ContainsKey(k.Key)).ToList()) Forget(uid, lost, long.Parse(version));
        foreach (var item in items.Values) Keep(item);
        await foreach (var (type, item) in api.WatchAsync(path, version, ct))
        {
            if (type == "DELETED") Forget(item.Uid(), item, item.Version());
            else if (type is "ADDED" or "MODIFIED") Keep(item);
            else return;
        }
    }

    private void Keep(JsonObject item)
    {
        if (_known.TryGetValue(item.Uid(), out var old) && old.Version() == item.Version()) return;
        _known[item.Uid()] = item;
        seen(item);
    }

    private void Forget(string uid, JsonObject item, long version)
    {
        if (_known.Remove(uid)) gone(item, version);
    }
}
