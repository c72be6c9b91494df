using GameDay.Data;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;

namespace GameDay.Engine.Runs;

/// <summary>Reverts all injections in reverse order, one failure stopping no other, and writes down what is proved and what is not.</summary>
internal sealed class Reverting(Journal journal, Reverter reverter, EngineOptions options, TimeProvider clock)
{
    public async Task GoAsync(OwnedRun own, CancellationToken ct)
    {
        await RevertAllAsync(own, async live => await TryJournalAsync(own, live, ct), ct);
        await journal.WriteAsync(own, entry => Conclude(own, entry), ct);
        foreach (var live in own.Live.Values) live.Journalled |= live.Proof is not null;
    }

    /// <summary>From memory alone; <paramref name="proved"/> hears of each as soon as it ended.</summary>
    public async Task RevertAllAsync(OwnedRun own, Func<LiveInjection, Task> proved, CancellationToken ct)
    {
        using var places = new SemaphoreSlim(options.AtOnce);
        var all = new List<Task>();
        foreach (var live in own.Live.Values.Where(i => i.MayHoldFault).OrderByDescending(i => i.Number))
        {
            await places.WaitAsync(ct);
            all.Add(OneAsync(live));
        }
        await Task.WhenAll(all);

        async Task OneAsync(LiveInjection live)
        {
            try
            {
                await reverter.RevertAsync(own.Fault, live, ct);
                await proved(live);
            }
            finally
            {
                places.Release();
            }
        }
    }

    /// <summary>At once, so that the proof's time on the timeline is true; if the database is away, the conclusion writes it.</summary>
    private async Task TryJournalAsync(OwnedRun own, LiveInjection live, CancellationToken ct)
    {
        if (live.Proof is null) return;
        try
        {
            await journal.WriteAsync(own, entry => Settle(own, entry, live), ct);
            live.Journalled = true;
        }
        catch (Exception e) when (ExerciseLock.IsConnectionLoss(e))
        {
            live.Journalled = false;
        }
    }

    private void Conclude(OwnedRun own, Journal.Entry entry)
    {
        if (entry.Run.State != RunState.Reverting) return;
        foreach (var live in own.Live.Values.Where(i => !i.Journalled)) Settle(own, entry, live);
        foreach (var never in entry.Run.Injections.Where(i => i.Phase == InjectionPhase.Planned)) never.NeverSent("it was stopped before");
        var leaks = entry.Run.Injections.Where(i => !InjectionLifecycle.IsOver(i.Phase)).ToList();
        if (leaks.Count == 0)
        {
            entry.Run.Move(RunTrigger.Proved, clock.GetUtcNow());
            entry.Say(EntryKind.RunState, $"{own.Title}: every fault is proved gone, waiting for steady state");
        }
        else
        {
            Leak(own, entry, leaks);
        }
    }

    private void Leak(OwnedRun own, Journal.Entry entry, List<Injection> leaks)
    {
        var what = string.Join("; ", leaks.Select(i => $"{i.Kind} on {i.Target.Namespace}/{i.Target.Name}: {i.Problem}. By hand: {i.Undo?.InWords}. See {own.Fault.Kind.Runbook}"));
        var isNews = entry.Run.Reason != what;
        entry.Run.Move(RunTrigger.Unproved, clock.GetUtcNow(), what);
        if (!isNews) return;
        entry.Say(EntryKind.RunState, $"{own.Title}: LEAKED, not proved gone: {what}");
        if (leaks.All(i => i.RevertAttempts <= 1)) entry.Exercise.Notify(NoticeKind.Leak, Notices.Leak(entry.Exercise, what));
    }

    private void Settle(OwnedRun own, Journal.Entry entry, LiveInjection live)
    {
        var injection = entry.Injection(live.Id);
        if (InjectionLifecycle.IsOver(injection.Phase) || !(live.MayBeClaimed || live.MayBeSent)) return;
        var asked = live.RevertAskedAt ?? clock.GetUtcNow();
        if (injection.Phase == InjectionPhase.Planned)
        {
            if (live.Proof is not null && !live.MayBeSent)
            {
                injection.NeverSent(live.Proof.Summary);
                return;
            }
            injection.Send(asked, live.Order.Deadline);
        }
        if (InjectionLifecycle.Allows(injection.Phase, InjectionTrigger.Revert)) injection.StartRevert(asked);
        if (live.Proof is { } proof)
        {
            injection.Reverted(proof, live.ProvedAt ?? clock.GetUtcNow());
            entry.Say(EntryKind.Proof, $"{injection.Kind} on {injection.Target.Name} is proved gone: {proof.Summary}");
        }
        else
        {
            injection.Leaked(null, live.Problem ?? "not proved");
        }
    }
}
