using GameDay.Kubernetes;

namespace GameDay.Faults.Reaping;

/// <summary>Wakes the reaper when something in GameDay's namespace changes, a halt above all. The reading itself is never trusted to it.</summary>
internal sealed class ClusterPulse(KubernetesClient client, ReaperOptions options) : IDisposable
{
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(100);
    private readonly SemaphoreSlim _beat = new(0, 1);

    public async Task WatchAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await foreach (var _ in client.WatchAsync<V1ConfigMap>(options.Namespace, cancellationToken: ct))
                    Beat();
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception away) when (away is KubernetesException or ClusterUnreachableException)
            {
                // The loop polls all the same, and is who says that the cluster is away.
                await Task.Delay(options.Round, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Until a change is heard of, or the longest pause between two readings is over.</summary>
    public async Task WaitAsync(CancellationToken ct)
    {
        await Task.Delay(options.Round < Breath ? options.Round : Breath, ct);
        await _beat.WaitAsync(options.Round, ct);
    }

    public void Dispose() => _beat.Dispose();

    private void Beat()
    {
        try
        {
            _beat.Release();
        }
        catch (SemaphoreFullException)
        {
            return; // it is awake already
        }
    }
}
