using System.Threading.Channels;
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
        await RevertAndTellAsync(own, ct);
        await journal.WriteAsync(own, entry => Conclude(own, entry), ct);
        foreach (var live in own.Live.Values) live.Journalled |= live.Proof is not null;
    }

    /// <summary>What is proved is written down as it comes, together with whatever else was proved meanwhile; no revert waits for the journal.</summary>
    private async Task RevertAndTellAsync(OwnedRun own, CancellationToken ct)
    {
        var ended = Channel.CreateUnbounded<LiveInjection>();
        var writing = WriteAsTheyComeAsync(own, ended.Reader, ct);
        try
        {
            await RevertAllAsync(own, live => ended.Writer.TryWrite(live), ct);
        }
        finally
        {
            ended.Writer.Complete();
            await writing;
        }
    }

    private async Task WriteAsTheyComeAsync(OwnedRun own, ChannelReader<LiveInjection> ended, CancellationToken ct)
    {
        while (await ended.WaitToReadAsync(ct))
        {
            var proved = new List<LiveInjection>();
            while (ended.TryRead(out var live))
                if (live.Proof is not null) proved.Add(live);
            if (proved.Count > 0) await TryJournalAsync(own, proved, ct);
        }
    }

    /// <summary>From memory alone; <paramref name="ended"/> hears of each as soon as it was tried.</summary>
    public async Task RevertAllAsync(OwnedRun own, Action<LiveInjection> ended, CancellationToken ct)
    {
        using var places = new SemaphoreSlim(options.RevertAtOnce);
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
                ended(live);
            }
            finally
            {
                places.Release();
            }
        }
    }

    /// <summary>At once, so that the proof's time on the timeline is true; if the database is away, the conclusion writes it.</summary>
    private async Task TryJournalAsync(OwnedRun own, List<LiveInjection> proved, CancellationToken ct)
    {
        try
        {
            await journal.WriteAsync(own, entry =>
            {
                foreach (var live in proved) Settle(own, entry, live);
            }, ct);
            foreach (var live in proved) live.Journalled = true;
        }
        catch (Exception e) when (ExerciseLock.IsConnectionLoss(e))
        {
            foreach (var live in proved) live.Journalled = false;
        }
    }

    private void Conclude(OwnedRun own, Journal.Entry entry)
    {
        if (entry.Run.State != RunState.Reverting) return;
        foreach (var live in own.Live.Values.Where(i => !i.Journalled)) Settle(own, entry, live);
        foreach (var never in entry.Run.Injections.Where(i => i.Phase == InjectionPhase.Planned || WasOnlyMeant(own, i))) never.NeverSent("it was stopped before");
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

    /// <summary>A batch is written down as sent before its first is sent; this very process knows which were not.</summary>
    private static bool WasOnlyMeant(OwnedRun own, Injection injection) =>
        injection.Phase == InjectionPhase.Injecting && own.Live.GetValueOrDefault(injection.Id) is { MayBeClaimed: false, MayBeSent: false };

    private void Leak(OwnedRun own, Journal.Entry entry, List<Injection> leaks)
    {
        var what = string.Join("; ", leaks.Select(i => $"{i.Kind} on {i.Target.Namespace}/{i.Target.Name}: {i.Problem}. By hand: {i.Undo?.InWords}.{ByReplacement(i)} See {own.Fault.Kind.Runbook}"));
        var isNews = entry.Run.Reason != what;
        entry.Run.Move(RunTrigger.Unproved, clock.GetUtcNow(), what);
        if (!isNews) return;
        entry.Say(EntryKind.RunState, $"{own.Title}: LEAKED, not proved gone: {what}");
        if (leaks.All(i => i.RevertAttempts <= 1)) entry.Exercise.Notify(NoticeKind.Leak, Notices.Leak(entry.Exercise, what));
    }

    /// <summary>What is held by a pod's own network or processes dies with the pod.</summary>
    private static string ByReplacement(Injection leak) => leak is { Target.Kind: "Pod", Undo.Layer: "net" or "process" }
        ? $" Or replace the pod, its fault dies with it: kubectl -n {leak.Target.Namespace} delete pod {leak.Target.Name}." : "";

    private void Settle(OwnedRun own, Journal.Entry entry, LiveInjection live)
    {
        var injection = entry.Injection(live.Id);
        if (InjectionLifecycle.IsOver(injection.Phase) || !(live.MayBeClaimed || live.MayBeSent)) return;
        var asked = live.RevertAskedAt ?? clock.GetUtcNow();
        if (live is { Proof: { } nothing, MayBeSent: false } && injection.Phase is InjectionPhase.Planned or InjectionPhase.Injecting)
        {
            injection.NeverSent(nothing.Summary);
            return;
        }
        if (injection.Phase == InjectionPhase.Planned) injection.Send(asked, live.Order.Deadline);
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
