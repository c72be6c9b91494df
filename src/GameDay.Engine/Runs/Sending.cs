using GameDay.Domain;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;

namespace GameDay.Engine.Runs;

/// <summary>
/// Injects a batch of targets, one write to the journal for all at each point: prepare, save the undo, get the right, check the lease,
/// save that it is sent, send, save the effect. A batch is a single target, but for a kind that acts in bulk.
/// </summary>
internal sealed class Sending(Journal journal, ILedger ledger, EngineOptions options, TimeProvider clock)
{
    /// <exception cref="InjectionStopped">The first failure; nothing more of the batch is sent.</exception>
    public async Task BatchAsync(OwnedRun own, IReadOnlyList<LiveInjection> batch, CancellationToken ct)
    {
        await EachAsync(batch, (live, stop) => PrepareAsync(own, live, stop), ct);
        await journal.WriteAsync(own, entry => { foreach (var live in batch) entry.Injection(live.Id).Plan(live.Undo!); }, ct);
        // What is claimed must begin soon after, so a great batch is claimed in parts.
        foreach (var part in batch.Chunk(options.ClaimTogether)) await SendAsync(own, part, ct);
    }

    private async Task SendAsync(OwnedRun own, IReadOnlyList<LiveInjection> batch, CancellationToken ct)
    {
        if (own.Fault is IBulkFault) await ClaimTogetherAsync(batch, ct);
        else await EachAsync(batch, ClaimAsync, ct);
        RefuseWhenOld(own);
        await journal.WriteAsync(own, entry => SaveSent(own, entry, batch), ct);
        if (own.Fault is IBulkFault bulk) await InBulkAsync(own, bulk, batch, ct);
        else await EachAsync(batch, (live, stop) => OneAsync(own, live, stop), ct);
    }

    private static async Task PrepareAsync(OwnedRun own, LiveInjection live, CancellationToken ct) =>
        live.Undo = await InWordsAsync(live, () => own.Fault.PrepareAsync(live.Order, ct));

    private async Task ClaimAsync(LiveInjection live, CancellationToken ct)
    {
        live.SentStamp = clock.GetTimestamp();
        live.ClaimedStamp = live.SentStamp;
        live.MayBeClaimed = live.Undo!.Layer != "none";
        var right = await InWordsAsync(live, () => ledger.ClaimAsync(live.Order, live.Undo!, ct));
        // The deadline counts from the server's creation time, whoever's clock is wrong (rule 9).
        live.Order = live.Order with { NotAfter = right.CreatedAt + options.NotAfter, Deadline = right.CreatedAt + live.Order.Duration };
    }

    /// <summary>What leaves nothing to undo holds nothing: it is asked once whether the cluster is halted, and what time it is there.</summary>
    private async Task ClaimTogetherAsync(IReadOnlyList<LiveInjection> batch, CancellationToken ct)
    {
        await ClaimAsync(batch[0], ct);
        foreach (var live in batch.Skip(1))
        {
            live.ClaimedStamp = batch[0].ClaimedStamp;
            live.SentStamp = batch[0].SentStamp;
            live.Order = live.Order with { NotAfter = batch[0].Order.NotAfter, Deadline = batch[0].Order.Deadline };
        }
    }

    private void SaveSent(OwnedRun own, Journal.Entry entry, IReadOnlyList<LiveInjection> batch)
    {
        if (entry.Run.State != RunState.Injecting) throw new InjectionStopped("aborted before it was sent");
        foreach (var live in batch)
        {
            entry.Injection(live.Id).Send(clock.GetUtcNow(), live.Order.Deadline);
            // What leaves nothing behind has no first end to wait for: it is observed from its last step on.
            if (own.Fault is IBulkFault || entry.Run.Deadline is null || live.Order.Deadline < entry.Run.Deadline) entry.Run.DeadlineIs(live.Order.Deadline);
        }
    }

    private async Task OneAsync(OwnedRun own, LiveInjection live, CancellationToken ct)
    {
        var effect = await ActAsync(own, live, within => own.Fault.InjectAsync(live.Order, live.Undo!, within), ct);
        await SaveEffectsAsync(own, [(live, effect)], ct);
    }

    /// <summary>What was sent before a failure is read and saved like the rest.</summary>
    private async Task InBulkAsync(OwnedRun own, IBulkFault bulk, IReadOnlyList<LiveInjection> batch, CancellationToken ct)
    {
        try
        {
            await EachAsync(batch, (live, stop) => ActAsync(own, live, async within =>
            {
                await bulk.SendAsync(live.Order, live.Undo!, within);
                return true;
            }, stop), ct);
        }
        finally
        {
            var sent = batch.Where(live => live is { MayBeSent: true, AnswerKnown: true, Refused: false }).ToList();
            if (sent.Count > 0 && !ct.IsCancellationRequested)
            {
                var effects = await InWordsAsync(sent[0], () => bulk.ReadEffectsAsync([.. sent.Select(live => live.Order)], ct));
                await SaveEffectsAsync(own, [.. sent.Zip(effects)], ct);
            }
        }
    }

    private Task SaveEffectsAsync(OwnedRun own, IReadOnlyList<(LiveInjection Live, Evidence Effect)> seen, CancellationToken ct)
    {
        var at = clock.GetUtcNow();
        return journal.WriteAsync(own, entry =>
        {
            foreach (var (live, effect) in seen) SaveEffect(own, entry, live, effect, at);
        }, ct);
    }

    private static void SaveEffect(OwnedRun own, Journal.Entry entry, LiveInjection live, Evidence effect, DateTimeOffset at)
    {
        var injection = entry.Injection(live.Id);
        if (injection.Phase != InjectionPhase.Injecting) return;
        injection.Injected(effect, at);
        if (effect.Holds) entry.Run.EffectSeen(at);
        entry.Say(EntryKind.Injection, $"{own.Fault.Kind.Id} on {live.Order.Target.Name}: {(effect.Holds ? "effect seen" : "no effect")}: {effect.Summary}");
    }

    private async Task<T> ActAsync<T>(OwnedRun own, LiveInjection live, Func<CancellationToken, Task<T>> act, CancellationToken ct)
    {
        RefuseWhenOld(own);
        ct.ThrowIfCancellationRequested();
        live.SentStamp = clock.GetTimestamp();
        live.MayBeSent = true;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(options.CallWithin);
        try
        {
            var answer = await InWordsAsync(live, () => act(patience.Token));
            live.AnswerKnown = true;
            return answer;
        }
        catch (FaultRefused)
        {
            // Its contract: nothing was touched, so nothing can land.
            live.AnswerKnown = true;
            live.Refused = true;
            throw;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new InjectionStopped($"{live.Order.Target.Name}: the injection did not answer within {options.CallWithin.TotalSeconds:0} s");
        }
    }

    /// <summary>A cluster that broke off is nobody's mistake here: the run ends with its words, and everything sent is reverted.</summary>
    private static async Task<T> InWordsAsync<T>(LiveInjection live, Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception e) when (e is not RuleBroken and not OperationCanceledException)
        {
            throw new InjectionStopped($"{live.Order.Target.Name}: {e.Message}", e);
        }
    }

    private Task EachAsync(IReadOnlyList<LiveInjection> batch, Func<LiveInjection, CancellationToken, Task> act, CancellationToken ct) =>
        Parallel.ForEachAsync(batch, new ParallelOptions { MaxDegreeOfParallelism = options.AtOnce, CancellationToken = ct }, async (live, stop) => await act(live, stop));

    private void RefuseWhenOld(OwnedRun own)
    {
        if (own.Lease.Age > options.SendWithin) throw new InjectionStopped($"the lease was last renewed {own.Lease.Age.TotalSeconds:0.#} s ago; nothing is sent on an old lease");
    }
}
