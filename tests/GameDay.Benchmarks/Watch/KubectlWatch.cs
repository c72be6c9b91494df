using System.Diagnostics;
using GameDay.Benchmarks.Cluster;
using GameDay.Benchmarks.Stage;

namespace GameDay.Benchmarks.Watch;

/// <summary><c>kubectl get pods -w</c>, printing of each pod only the moment it was changed.</summary>
internal sealed class KubectlWatch : IAsyncDisposable
{
    private const string Columns = """custom-columns=U:.metadata.uid,A:.metadata.annotations.gameday\.dev/at""";
    private readonly Process _process;
    private readonly Task _reading;
    private readonly List<double> _lags = [];
    private int _lines;

    public KubectlWatch(Kubectl kubectl, string kubeconfig)
    {
        _process = kubectl.Start(kubeconfig, "-n", BigCrowd.Ns, "get", "pods", "-l", $"app={BigCrowd.App}", "-w", "--no-headers", "-o", Columns);
        _reading = ReadAsync();
    }

    public double PeakMegabytes { get; private set; }

    public IReadOnlyCollection<double> Lags
    {
        get { lock (_lags) return [.. _lags]; }
    }

    public Task ReadyAsync(TimeSpan patience, CancellationToken ct) => UntilAsync(() => _lines >= BigCrowd.Pods, patience, ct);

    public Task SeenAsync(int marked, TimeSpan patience, CancellationToken ct) => UntilAsync(() => Lags.Count >= marked, patience, ct);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _reading;
        _process.Dispose();
    }

    private async Task UntilAsync(Func<bool> good, TimeSpan patience, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        while (!good() && !_process.HasExited && Stopwatch.GetElapsedTime(began) < patience) await Task.Delay(20, ct);
        PeakMegabytes = Memory.Peak(_process.Id);
    }

    private async Task ReadAsync()
    {
        var last = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            _lines++;
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var uid, var at] || at == "<none>" || last.GetValueOrDefault(uid) == at) continue;
            last[uid] = at;
            if (_lines <= BigCrowd.Pods) continue; // the first ones bear the marks of an earlier time
            lock (_lags) _lags.Add(Churn.Since(at));
        }
    }
}
