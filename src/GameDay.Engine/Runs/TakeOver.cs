using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Engine.Leases;

namespace GameDay.Engine.Runs;

/// <summary>
/// A run whose owner died or handed it over (revert protocol, rule 14): Armed, Injecting and Reverting go to revert;
/// Observing goes on after a short gap, which is on the timeline and makes its probes inconclusive.
/// </summary>
internal sealed class TakeOver(Journal journal, ILedger ledger, EngineOptions options, TimeProvider clock)
{
    public async Task PrepareAsync(OwnedRun own, ClaimedRun claim, CancellationToken ct)
    {
        var run = own.Run;
        Remember(own, run);
        if (claim.Epoch == 1) return;
        var gap = claim.Unattended ?? TimeSpan.Zero;
        var left = run.State == RunState.Observing && gap <= options.ObserveAfterGapOf ? await LeftAsync(own, ct) : null;
        var goesOn = left is not null;
        if (run.State == RunState.Observing || run.RevertStartedAt is null) own.Blind = $"Nobody watched for {gap.TotalSeconds:0.#} s: GameDay's owner of the run was gone";
        if (left is { } time) own.EndsAtStamp = clock.GetTimestamp() + (long)(time.TotalSeconds * clock.TimestampFrequency);
        await journal.WriteAsync(own, entry =>
        {
            entry.Say(EntryKind.Gap, $"{own.Title}: taken up by {options.Node} in {entry.Run.State} after {gap.TotalSeconds:0.#} s without an owner{(claim.PreviousOwner is { } was ? $" (was {was})" : "")}{(goesOn ? "; observing goes on, its readings are inconclusive" : "")}");
            if (!goesOn && Trigger(entry.Run.State, gap) is { } trigger) entry.Run.Move(trigger, clock.GetUtcNow(), own.Blind);
        }, ct);
    }

    /// <summary>A baseline that nobody watched for long is not made up for: whoever started it may have gone home.</summary>
    private RunTrigger? Trigger(RunState state, TimeSpan gap) => state switch
    {
        RunState.Baseline when gap > options.ObserveAfterGapOf => RunTrigger.NotSteady,
        RunState.Armed or RunState.Injecting => RunTrigger.InjectionFailed,
        RunState.Observing => RunTrigger.TimeUp,
        _ => null,
    };

    private void Remember(OwnedRun own, Run run)
    {
        foreach (var stored in run.Injections) own.Live[stored.Id] = Memory.Of(stored, own.Experiment, own.Fault.Kind, own.InstallationId, options, clock);
    }

    /// <summary>
    /// The time left by the API server's clock, whatever this node's says. Null when whoever acted in the meantime
    /// (another node, a reaper) moved a ledger entry, or it is not known.
    /// </summary>
    private async Task<TimeSpan?> LeftAsync(OwnedRun own, CancellationToken ct)
    {
        try
        {
            var left = own.Experiment.Duration;
            foreach (var live in own.Live.Values.Where(i => i.MayBeSent))
            {
                if (!live.AnswerKnown || await OneLeftAsync(live, ct) is not { } one) return null;
                if (one < left) left = one;
            }
            return left;
        }
        // Not known is not active: revert.
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return null;
        }
    }

    private async Task<TimeSpan?> OneLeftAsync(LiveInjection live, CancellationToken ct)
    {
        // Without an entry nothing is in place that could last too long.
        if (live.Undo is { Layer: "none" }) return live.Order.Deadline - clock.GetUtcNow();
        return await ledger.FindAsync(live.Order, live.Undo!, ct) is { Wanted: "Active" } entry ? entry.CreatedAt + live.Order.Duration - entry.ServerNow : null;
    }
}
