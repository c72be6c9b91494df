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
        var goesOn = run.State == RunState.Observing && gap <= options.ObserveAfterGapOf && await StillActiveAsync(own, ct);
        if (run.State == RunState.Observing || run.RevertStartedAt is null) own.Blind = $"Nobody watched for {gap.TotalSeconds:0.#} s: GameDay's owner of the run was gone";
        if (goesOn) own.EndsAtStamp = StampOf(run.Deadline ?? clock.GetUtcNow());
        await journal.WriteAsync(own, entry =>
        {
            entry.Say(EntryKind.Gap, $"{own.Title}: taken up by {options.Node} in {entry.Run.State} after {gap.TotalSeconds:0.#} s without an owner{(claim.PreviousOwner is { } was ? $" (was {was})" : "")}{(goesOn ? "; observing goes on, its readings are inconclusive" : "")}");
            if (!goesOn && Trigger(entry.Run.State) is { } trigger) entry.Run.Move(trigger, clock.GetUtcNow(), own.Blind);
        }, ct);
    }

    private static RunTrigger? Trigger(RunState state) => state switch
    {
        RunState.Armed or RunState.Injecting => RunTrigger.InjectionFailed,
        RunState.Observing => RunTrigger.TimeUp,
        _ => null,
    };

    private void Remember(OwnedRun own, Run run)
    {
        foreach (var stored in run.Injections) own.Live[stored.Id] = Memory.Of(stored, own.Experiment, own.Fault.Kind, own.InstallationId, options, clock);
    }

    /// <summary>Whoever acted in the meantime (another node, a reaper) moved the ledger entry.</summary>
    private async Task<bool> StillActiveAsync(OwnedRun own, CancellationToken ct)
    {
        try
        {
            foreach (var live in own.Live.Values.Where(i => i is { MayBeSent: true, Undo: { Layer: not "none" } }))
                if (await ledger.FindAsync(live.Order, live.Undo!, ct) is not { Wanted: "Active" }) return false;
            return own.Live.Values.All(i => i.AnswerKnown);
        }
        // Not known is not active: revert.
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return false;
        }
    }

    private long StampOf(DateTimeOffset moment) => clock.GetTimestamp() + (long)((moment - clock.GetUtcNow()).TotalSeconds * clock.TimestampFrequency);
}
