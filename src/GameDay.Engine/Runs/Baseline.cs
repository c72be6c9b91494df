using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;

namespace GameDay.Engine.Runs;

/// <summary>Waits until every probe was in tolerance for the policy's time, then fixes the targets; else the run is refused.</summary>
internal sealed class Baseline(Journal journal, Armed armed, JustReleased released, EngineOptions options, TimeProvider clock)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    public async Task GoAsync(OwnedRun own, CancellationToken ct)
    {
        var (resolved, refusal) = await MeasureAsync(own, ct);
        // A pod that came meanwhile may have been released by another fault a moment ago: then the baseline is measured again.
        if (refusal is null && await released.WaitAsync(own, resolved!.Chosen, ct)) (resolved, refusal) = await MeasureAsync(own, ct);
        if (refusal is not null)
        {
            await RefuseAsync(own, refusal, ct);
            return;
        }
        await journal.WriteAsync(own, entry =>
        {
            if (!RunLifecycle.Allows(entry.Run.State, RunTrigger.Steady)) return;
            entry.Run.Move(RunTrigger.Steady, clock.GetUtcNow());
            foreach (var target in resolved!.Chosen) entry.Run.Add(target, own.Fault.Kind.Id);
            entry.Say(EntryKind.RunState, $"{own.Title}: steady ({own.Probes.InWords()}); injecting {own.Fault.Kind.Id} into {string.Join(", ", resolved.Chosen.Select(t => t.Name))} ({resolved.Chosen.Count} of {resolved.Matching}, drawn by seed {own.Seed})");
        }, ct);
        own.InjectingHere = true;
    }

    /// <summary>Pods come and go while the baseline is measured: what is touched is what is there at its end.</summary>
    private async Task<(ResolvedTargets? Resolved, string? Refusal)> MeasureAsync(OwnedRun own, CancellationToken ct) => await BecomesSteadyAsync(own, ct)
        ? await armed.AskAsync(own, ct)
        : (null, $"No steady state for {own.Policy.SteadyFor.TotalSeconds:0} s within {Patience(own).TotalSeconds:0} s: {own.Probes.Unsteady()}");

    private async Task<bool> BecomesSteadyAsync(OwnedRun own, CancellationToken ct)
    {
        for (var began = clock.GetTimestamp(); clock.GetElapsedTime(began) < Patience(own); await Task.Delay(Look, clock, ct))
            if (own.Probes.SteadyFor(own.Policy.SteadyFor)) return true;
        return false;
    }

    private Task RefuseAsync(OwnedRun own, string why, CancellationToken ct) => journal.WriteAsync(own, entry =>
    {
        if (!RunLifecycle.Allows(entry.Run.State, RunTrigger.NotSteady)) return;
        entry.Run.Move(RunTrigger.NotSteady, clock.GetUtcNow(), why);
        entry.Say(EntryKind.RunState, $"{own.Title}: refused, nothing was injected. {why}");
    }, ct);

    private TimeSpan Patience(OwnedRun own) => own.Policy.SteadyFor + options.BaselinePatience;
}
