using GameDay.Domain.Exercises;

namespace GameDay.Engine.Runs;

/// <summary>
/// The look at the probes between two steps of a ramp: policy's time, and at least one reading of every probe taken under the step that was
/// made. A breached abort condition, the halt object or a fault that somebody else ended stops the ramp; so does, under a policy
/// that says so, a probe that was never in tolerance. What the probes said is on the timeline.
/// </summary>
internal sealed class RampLook(Journal journal, ClusterWatch watch, TimeProvider clock)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(3);

    /// <exception cref="InjectionStopped">The ramp ends here.</exception>
    public async Task TakeAsync(OwnedRun own, int done, int all, CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var cluster = watch.UntilItEndsTheRunAsync(own, over.Token);
        while (!IsEnough(own, began))
        {
            if (own.Probes.Breach() is { } breach) throw Stopped(done, all, breach);
            if (cluster.IsCompleted) throw Stopped(done, all, await cluster);
            await Task.Delay(Look, clock, ct);
        }
        await over.CancelAsync();
        var outside = own.Probes.OutSince(began);
        await journal.WriteAsync(own, entry => entry.Say(EntryKind.Injection, $"{own.Title}: {done} of {all} targets carry the fault; {(outside.Length == 0 ? own.Probes.InWords() : $"not in tolerance: {outside}")}"), ct);
        if (outside.Length > 0 && own.Policy.RampNeedsTolerance) throw Stopped(done, all, $"not in tolerance since the last step: {outside}");
    }

    /// <summary>A probe that gives nothing is not waited for beyond its own time.</summary>
    private bool IsEnough(OwnedRun own, long began)
    {
        var looked = clock.GetElapsedTime(began);
        return looked >= Longest(own) && (own.Probes.AllReadSince(began) || looked >= Longest(own) + own.Probes.Slowest + Answer);
    }

    /// <summary>The first targets' faults are running out meanwhile.</summary>
    private static TimeSpan Longest(OwnedRun own) => own.Policy.RampLook < own.Experiment.Duration / 4 ? own.Policy.RampLook : own.Experiment.Duration / 4;

    private static InjectionStopped Stopped(int done, int all, string why) => new($"stopped after {done} of {all} targets: {why}");
}
