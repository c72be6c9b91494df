using System.Globalization;
using System.Text.Json.Nodes;
using GameDay.Benchmarks.Cluster;

namespace GameDay.Benchmarks.Watch;

/// <summary>Changes pods at a steady rate: nine of ten are marked with the moment they were changed, the tenth is deleted and replaced by its deployment.</summary>
internal sealed class Churn(KubeApi api, int perSecond, TimeSpan duration)
{
    public const string Annotation = "gameday.dev/at";
    private readonly List<string> _names = [];
    private int _marked;
    private int _deleted;

    public int Marked => _marked;

    public int Deleted => _deleted;

    /// <summary>Changes that could not be made in time because the server was busy.</summary>
    public TimeSpan Behind { get; private set; }

    public static double Since(string at) => (TimeProvider.System.GetUtcNow() - new DateTimeOffset(long.Parse(at, CultureInfo.InvariantCulture), TimeSpan.Zero)).TotalSeconds;

    /// <summary>Marks every pod once: later marks only change what is there, so that growing objects are not taken for a leak.</summary>
    public async Task PrepareAsync(CancellationToken ct)
    {
        _names.AddRange((await api.ListAsync($"api/v1/namespaces/{BigCrowd.Ns}/pods?labelSelector=app={BigCrowd.App}", ct)).Select(p => p.Name()));
        await Parallel.ForEachAsync(_names, new ParallelOptions { MaxDegreeOfParallelism = 10, CancellationToken = ct }, async (name, stop) => await ChangeAsync(name, delete: false, stop));
        _marked = 0;
    }

    public async Task RunAsync(CancellationToken ct)
    {
        var began = TimeProvider.System.GetTimestamp();
        var total = (int)(duration.TotalSeconds * perSecond);
        var gap = TimeSpan.FromSeconds(1.0 / perSecond);
        var running = new List<Task>();
        for (var i = 0; i < total; i++)
        {
            var early = gap * i - TimeProvider.System.GetElapsedTime(began);
            if (early > TimeSpan.Zero) await Task.Delay(early, ct);
            // Every pod only once, so that each change is seen as one.
            running.Add(ChangeAsync(_names[i % _names.Count], delete: i % 10 == 9, ct));
            running.RemoveAll(task => task.IsCompletedSuccessfully);
        }
        await Task.WhenAll(running);
        Behind = TimeProvider.System.GetElapsedTime(began) - duration;
    }

    private async Task ChangeAsync(string name, bool delete, CancellationToken ct)
    {
        var path = $"api/v1/namespaces/{BigCrowd.Ns}/pods/{name}";
        try
        {
            if (delete)
            {
                await api.DeleteAsync(path, """{"gracePeriodSeconds":0}""", ct);
                Interlocked.Increment(ref _deleted);
                return;
            }
            var body = new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [Annotation] = $"{TimeProvider.System.GetUtcNow().Ticks}" } } };
            await api.PatchAsync(path, body.ToJsonString(), ct);
            Interlocked.Increment(ref _marked);
        }
        catch (KubeRefused gone) when (gone.Code == 404) { } // deleted in an earlier round
    }
}
