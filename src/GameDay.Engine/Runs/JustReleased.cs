using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;

namespace GameDay.Engine.Runs;

/// <summary>
/// A target whose last fault was proved gone a moment ago gives way to a new claim once nothing of that fault can land any more
/// (decision 0007). The run waits for it, at most half a minute, rather than measure a baseline and be refused.
/// </summary>
internal sealed class JustReleased(Journal journal, ILedger ledger, TimeProvider clock)
{
    // The server tells its time in whole seconds.
    private static readonly TimeSpan Grain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <returns>True when there was something to wait for.</returns>
    public async Task<bool> WaitAsync(OwnedRun own, IReadOnlyList<FaultTarget> targets, CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        var waited = false;
        while (clock.GetElapsedTime(began) < Longest && await LatestAsync(own, targets, ct) is { } latest)
        {
            if (!waited) await journal.WriteAsync(own, entry => entry.Say(EntryKind.RunState, $"{own.Title}: waits {Math.Ceiling(latest.FreeIn!.Value.TotalSeconds):0} s: {latest.Words}"), ct);
            waited = true;
            await Task.Delay(latest.FreeIn!.Value + Grain, clock, ct);
        }
        return waited;
    }

    /// <returns>The target that is free last; null when none has to be waited for.</returns>
    private async Task<LedgerHold?> LatestAsync(OwnedRun own, IReadOnlyList<FaultTarget> targets, CancellationToken ct)
    {
        var layer = own.Fault.Kind.LayerOf(own.Experiment.Fault.Settings);
        if (layer == "none") return null;
        try
        {
            return (await ledger.HoldsAsync(own.Plan.Cluster, layer, targets, ct)).Where(h => h.FreeIn > TimeSpan.Zero).MaxBy(h => h.FreeIn);
        }
        // Not known: the claim itself asks again and refuses.
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return null;
        }
    }
}
