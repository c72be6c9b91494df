using GameDay.Domain;
using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults.Reaping;

/// <summary>Now and then: removes proved entries after their ten minutes and a second empty reading (rule 10), beside the loop.</summary>
internal sealed class ProvedSweep(string cluster, ILedger ledger, ReaperOptions options, ReaperVoice voice, TimeProvider clock)
{
    private Task _running = Task.CompletedTask;
    private long _endedAt = clock.GetTimestamp();

    public void Begin(CancellationToken ct)
    {
        if (_running.IsCompleted && clock.GetElapsedTime(_endedAt) >= options.Sweep)
            _running = SweepAsync(ct);
    }

    public Task IdleAsync() => _running;

    private async Task SweepAsync(CancellationToken ct)
    {
        try
        {
            await ledger.SweepAsync(cluster, ct);
        }
        catch (Exception failed) when (failed is KubernetesException or ClusterUnreachableException or RuleBroken or OperationCanceledException)
        {
            voice.SayOnce($"the sweep of proved entries failed and is tried again: {failed.Message}");
        }
        finally
        {
            _endedAt = clock.GetTimestamp();
        }
    }
}
