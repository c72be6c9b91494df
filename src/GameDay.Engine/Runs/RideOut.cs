using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.People;
using GameDay.Engine.Leases;

namespace GameDay.Engine.Runs;

/// <summary>PostgreSQL is away: end our own faults from memory and ledger now, wait, and write it down when it is back.</summary>
internal sealed class RideOut(Journal journal, Reverting reverting, TimeProvider clock)
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(250);

    public async Task GoAsync(OwnedRun own, CancellationToken ct)
    {
        var began = clock.GetUtcNow();
        var held = own.MayHoldFault;
        do
        {
            if (own.Lease.Lost.IsCancellationRequested) throw new LeaseLost(own.Id);
            if (own.MayHoldFault) await reverting.RevertAllAsync(own, _ => { }, ct);
            else await Task.Delay(AskAgain, clock, ct);
        }
        while (await own.Lease.TryRenewAsync(ct) is null);
        if (!held && own.Order is null) return;
        var away = clock.GetUtcNow() - began;
        if (held) own.Blind ??= $"PostgreSQL was away for {away.TotalSeconds:0.#} s and the fault was reverted early";
        await journal.WriteAsync(own, entry => Catch(own, entry, began, away, held), ct);
    }

    /// <summary>The state follows what was done; outcomes are settled by the reverting phase that comes next.</summary>
    private static void Catch(OwnedRun own, Journal.Entry entry, DateTimeOffset began, TimeSpan away, bool held)
    {
        if (held) entry.Say(EntryKind.Gap, $"{own.Title}: PostgreSQL was away for {away.TotalSeconds:0.#} s; this node reverted its faults from memory meanwhile");
        if (own.Order is { } order) AbortLate(order, entry, began);
        else if (RunLifecycle.Allows(entry.Run.State, RunTrigger.TimeUp)) entry.Run.Move(RunTrigger.TimeUp, began, own.Blind);
        else if (held && RunLifecycle.Allows(entry.Run.State, RunTrigger.InjectionFailed)) entry.Run.Move(RunTrigger.InjectionFailed, began, own.Blind);
    }

    private static void AbortLate(AbortOrder order, Journal.Entry entry, DateTimeOffset at)
    {
        if (order.WholeExercise && ExerciseLifecycle.Allows(entry.Exercise.State, ExerciseTrigger.Abort)) entry.Exercise.Abort(order.Reason, order.By);
        if (entry.Run.IsTerminal) return;
        entry.Exercise.Record(EntryKind.Abort, order.By, $"Run aborted while PostgreSQL was away{(order.Reason is { } why ? $": {why}" : "")}", entry.Run.Id);
        entry.Run.Abort(order.By.Name, order.Reason, at);
    }
}
