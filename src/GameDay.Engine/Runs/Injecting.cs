using GameDay.Domain;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;

namespace GameDay.Engine.Runs;

/// <summary>
/// Injects in a ramp: one target, then a tenth, then the rest, with a look at the probes between. The first failure stops the ramp;
/// everything is reverted then.
/// </summary>
internal sealed class Injecting(Journal journal, Sending sending, Beat beat, RampLook look, ClusterWatch watch, EngineOptions options, TimeProvider clock)
{
    public async Task GoAsync(OwnedRun own, CancellationToken ct)
    {
        var run = await journal.ReadAsync(own, ct);
        var planned = run.Injections.OrderBy(i => i.Number).ToList();
        foreach (var injection in planned) own.Live[injection.Id] = new LiveInjection(injection.Id, injection.Number, FirstOrder(own, injection));
        await beat.FirstAsync(own, ct);
        await using (var right = new RightToSend(own, options, clock, ct)) await RampUpAsync(own, planned, right, ct);
        await FinishAsync(own, ct);
    }

    private async Task RampUpAsync(OwnedRun own, List<Injection> planned, RightToSend right, CancellationToken ct)
    {
        try
        {
            foreach (var step in Ramp(planned.Count))
            {
                if (step.Start.Value > 0) await look.TakeAsync(own, step.Start.Value, planned.Count, right.Token);
                LiveInjection[] lives = [.. planned[step].Select(injection => own.Live[injection.Id])];
                if (own.Fault is IBulkFault) await WatchedAsync(own, stop => sending.BatchAsync(own, lives, stop), right.Token);
                else await Parallel.ForEachAsync(lives, new ParallelOptions { MaxDegreeOfParallelism = options.AtOnce, CancellationToken = right.Token }, async (live, stop) => await sending.BatchAsync(own, [live], stop));
            }
        }
        catch (OperationCanceledException) when (right.Lapsed is not null && !ct.IsCancellationRequested)
        {
            throw new InjectionStopped(right.Lapsed);
        }
    }

    /// <summary>Each single claim asks for the halt object; a batch, which may take long, is watched instead.</summary>
    private async Task WatchedAsync(OwnedRun own, Func<CancellationToken, Task> send, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var cluster = watch.UntilItEndsTheRunAsync(own, stop.Token);
        var sent = send(stop.Token);
        var ended = await Task.WhenAny(sent, cluster) == cluster && !ct.IsCancellationRequested;
        await stop.CancelAsync();
        try
        {
            await sent;
        }
        catch (OperationCanceledException) when (ended)
        {
            throw new InjectionStopped(await cluster);
        }
    }

    /// <summary>One, up to a tenth of all, the rest.</summary>
    internal static IEnumerable<Range> Ramp(int count)
    {
        var from = 0;
        foreach (var to in new[] { 1, (count + 9) / 10, count })
        {
            if (to <= from) continue;
            yield return from..to;
            from = to;
        }
    }

    private Task FinishAsync(OwnedRun own, CancellationToken ct)
    {
        own.EndsAtStamp = clock.GetTimestamp() + (long)(Left(own).TotalSeconds * clock.TimestampFrequency);
        return journal.WriteAsync(own, entry =>
        {
            if (!RunLifecycle.Allows(entry.Run.State, RunTrigger.Injected)) return;
            var worked = entry.Run.Injections.Count(i => i.Effect is { Holds: true });
            if (worked == 0)
            {
                entry.Run.Move(RunTrigger.InjectionFailed, clock.GetUtcNow(), $"The fault had no effect: {entry.Run.Injections[0].Effect?.Summary}");
                entry.Say(EntryKind.RunState, $"{own.Title}: {entry.Run.Reason}; reverting");
                return;
            }
            entry.Run.Move(RunTrigger.Injected, clock.GetUtcNow());
            entry.Say(EntryKind.RunState, $"{own.Title}: fault active on {worked} of {entry.Run.Injections.Count} targets, observing until {entry.Run.Deadline:HH:mm:ss} UTC");
        }, ct);
    }

    /// <summary>The first target's fault ends first; observation ends with it. One that leaves nothing behind is observed from its last step on.</summary>
    private TimeSpan Left(OwnedRun own)
    {
        var left = own.Live.Values.Select(i => own.Experiment.Duration - clock.GetElapsedTime(i.ClaimedStamp ?? i.SentStamp));
        return own.Fault is IBulkFault ? left.Max() : left.Min();
    }

    private InjectionOrder FirstOrder(OwnedRun own, Injection injection)
    {
        var now = clock.GetUtcNow();
        return new InjectionOrder(injection.Id, injection.ShortId, own.Id, own.InstallationId, injection.Target,
            FaultSettings.WithDefaults(own.Fault.Kind, own.Experiment.Fault.Settings), own.Experiment.Duration, now + options.NotAfter, now + own.Experiment.Duration);
    }
}

/// <summary>The ramp ends here; everything sent so far is reverted.</summary>
internal sealed class InjectionStopped(string message, Exception? cause = null) : RuleBroken("InjectionStopped", message)
{
    public Exception? Cause { get; } = cause;
}
