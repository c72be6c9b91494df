using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using Microsoft.Extensions.Logging;

namespace GameDay.Engine.Runs;

/// <summary>
/// The run's sign of life in its cluster, from before its first claim until everything is proved gone, and only while the row lease is
/// fresh: whoever may have lost the run does not keep the reaper from ending its faults (revert protocol, "Run lease" and rule 9).
/// </summary>
internal sealed partial class Beat(IRunBeat beats, EngineOptions options, TimeProvider clock, ILogger<Beat> log)
{
    private const int FirstTries = 3;

    /// <summary>Nothing is sent before the cluster has taken the first one.</summary>
    /// <exception cref="InjectionStopped">It did not, in several tries.</exception>
    public async Task FirstAsync(OwnedRun own, CancellationToken ct)
    {
        if (LeavesNothing(own)) return;
        for (var tries = 1; await TryBeatAsync(own, ct) is { } problem; tries++)
        {
            if (tries == FirstTries) throw new InjectionStopped($"the cluster does not take the run's sign of life, so nothing was injected: {problem}");
            await Task.Delay(options.BeatEvery, clock, ct);
        }
    }

    /// <summary>Beats on until the journey ends; a cluster that is away only costs this beat.</summary>
    public async Task KeepAsync(OwnedRun own, CancellationToken ct)
    {
        try
        {
            while (true)
            {
                if (!Needed(own)) await EndAsync(own, ct);
                else if (own.Lease.Age <= options.BeatWithin) await TryBeatAsync(own, ct);
                await Task.Delay(options.BeatEvery, clock, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The journey ended here, or the run is somebody else's: then they beat.
        }
    }

    /// <summary>Nothing of this run is in place any more. A Lease that cannot be removed now goes silent, which harms nobody.</summary>
    public async Task EndAsync(OwnedRun own, CancellationToken ct)
    {
        if (!own.Beats || own.MayHoldFault) return;
        if (await TryAsync(within => beats.EndAsync(own.Plan.Cluster, own.Id, within), ct) is { } problem) NotEnded(own.Id, problem);
        else own.Beats = false;
    }

    private async Task<string?> TryBeatAsync(OwnedRun own, CancellationToken ct)
    {
        // Asked for counts as there: it is ended as well when the answer was lost.
        own.Beats = true;
        var problem = await TryAsync(within => beats.BeatAsync(own.Plan.Cluster, own.Id, within), ct);
        if (problem is not null) Missed(own.Id, problem);
        return problem;
    }

    private async Task<string?> TryAsync(Func<CancellationToken, Task> act, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(options.BeatWithin);
        try
        {
            await act(patience.Token);
            return null;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            return e.Message;
        }
    }

    private static bool Needed(OwnedRun own) => !LeavesNothing(own) && (own.MayHoldFault || (own.Beats && own.Phase == RunState.Injecting));

    private static bool LeavesNothing(OwnedRun own) => own.Fault.Kind.Layer == "none";

    [LoggerMessage(LogLevel.Warning, "The sign of life of run {Run} was not taken: {Problem}")]
    private partial void Missed(Guid run, string problem);

    [LoggerMessage(LogLevel.Information, "The sign of life of run {Run} could not be ended: {Problem}")]
    private partial void NotEnded(Guid run, string problem);
}
