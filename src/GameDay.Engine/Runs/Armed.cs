using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Domain.Safety;
using GameDay.Engine.Control;

namespace GameDay.Engine.Runs;

/// <summary>Asks the guards again, right before the fault; a refusal ends the run with its reasons and nothing touched.</summary>
internal sealed class Armed(Journal journal, Facts facts, JustReleased released, TimeProvider clock)
{
    public async Task GoAsync(OwnedRun own, CancellationToken ct)
    {
        var (resolved, refusal) = await AskAsync(own, ct);
        if (refusal is null) await released.WaitAsync(own, resolved!.Chosen, ct);
        await journal.WriteAsync(own, entry =>
        {
            if (!RunLifecycle.Allows(entry.Run.State, RunTrigger.StartBaseline)) return;
            if (refusal is null)
            {
                entry.Run.Move(RunTrigger.StartBaseline, clock.GetUtcNow());
                entry.Say(EntryKind.RunState, $"{own.Title}: guards passed, measuring the baseline for {own.Policy.SteadyFor.TotalSeconds:0} s");
            }
            else
            {
                entry.Run.Move(RunTrigger.NotSteady, clock.GetUtcNow(), refusal);
                entry.Say(EntryKind.RunState, $"{own.Title}: refused, nothing was injected. {refusal}");
            }
        }, ct);
    }

    /// <returns>The targets as they are now, and why not when a guard refuses.</returns>
    public async Task<(ResolvedTargets? Resolved, string? Refusal)> AskAsync(OwnedRun own, CancellationToken ct)
    {
        var known = await facts.GatherAsync(own.Plan, own.Experiment, own.Policy, own.Approved, own.Seed, own.Id, Asking.Starting, ct);
        // The baseline itself measures the steady state, for longer and with every reading kept.
        var refusals = Preflight.AskBeforeBaseline(known).Where(a => a.Passed != true).Select(a => $"{a.Guard}: {a.Evidence}").ToList();
        return (known.Resolved, refusals.Count == 0 ? null : string.Join("; ", refusals));
    }
}
