using GameDay.Domain;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;

namespace GameDay.Engine.Runs;

/// <summary>
/// Injects target by target in a ramp (one, then a tenth, then the rest, with a look at the probes between). Each: prepare, save the undo, get the right, check the lease,
/// save that it is sent, send, save the effect. The first failure stops the ramp; everything is reverted then.
/// </summary>
internal sealed class Injecting(Journal journal, ILedger ledger, Beat beat, RampLook look, EngineOptions options, TimeProvider clock)
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
                await Parallel.ForEachAsync(planned[step], new ParallelOptions { MaxDegreeOfParallelism = options.AtOnce, CancellationToken = right.Token }, async (injection, stop) => await OneAsync(own, injection, stop));
            }
        }
        catch (OperationCanceledException) when (right.Lapsed is not null && !ct.IsCancellationRequested)
        {
            throw new InjectionStopped(right.Lapsed);
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

    private async Task OneAsync(OwnedRun own, Injection planned, CancellationToken ct)
    {
        var live = own.Live[planned.Id];
        live.Undo = await InWordsAsync(live, () => own.Fault.PrepareAsync(live.Order, ct));
        await journal.WriteAsync(own, entry => entry.Injection(live.Id).Plan(live.Undo), ct);
        await ClaimAsync(live, ct);
        RefuseWhenOld(own);
        await journal.WriteAsync(own, entry =>
        {
            if (entry.Run.State != RunState.Injecting) throw new InjectionStopped("aborted before it was sent");
            entry.Injection(live.Id).Send(clock.GetUtcNow(), live.Order.Deadline);
            if (entry.Run.Deadline is null || live.Order.Deadline < entry.Run.Deadline) entry.Run.DeadlineIs(live.Order.Deadline);
        }, ct);
        await SendAsync(own, live, ct);
    }

    private async Task ClaimAsync(LiveInjection live, CancellationToken ct)
    {
        live.SentStamp = clock.GetTimestamp();
        live.ClaimedStamp = live.SentStamp;
        live.MayBeClaimed = true;
        var right = await InWordsAsync(live, () => ledger.ClaimAsync(live.Order, live.Undo!, ct));
        // The deadline counts from the server's creation time, whoever's clock is wrong (rule 9).
        live.Order = live.Order with { NotAfter = right.CreatedAt + options.NotAfter, Deadline = right.CreatedAt + live.Order.Duration };
    }

    private async Task SendAsync(OwnedRun own, LiveInjection live, CancellationToken ct)
    {
        RefuseWhenOld(own);
        ct.ThrowIfCancellationRequested();
        live.SentStamp = clock.GetTimestamp();
        live.MayBeSent = true;
        var effect = await InTimeAsync(own, live, ct);
        live.AnswerKnown = true;
        var at = clock.GetUtcNow();
        await journal.WriteAsync(own, entry =>
        {
            var injection = entry.Injection(live.Id);
            if (injection.Phase != InjectionPhase.Injecting) return;
            injection.Injected(effect, at);
            if (effect.Holds) entry.Run.EffectSeen(at);
            entry.Say(EntryKind.Injection, $"{own.Fault.Kind.Id} on {live.Order.Target.Name}: {(effect.Holds ? "effect seen" : "no effect")}: {effect.Summary}");
        }, ct);
    }

    private async Task<Evidence> InTimeAsync(OwnedRun own, LiveInjection live, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(options.CallWithin);
        try
        {
            return await InWordsAsync(live, () => own.Fault.InjectAsync(live.Order, live.Undo!, patience.Token));
        }
        catch (FaultRefused)
        {
            // Its contract: nothing was touched, so nothing can land.
            live.AnswerKnown = true;
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

    /// <summary>The first target's fault ends first; observation ends with it.</summary>
    private TimeSpan Left(OwnedRun own) => own.Live.Values.Min(i => own.Experiment.Duration - clock.GetElapsedTime(i.ClaimedStamp ?? i.SentStamp));

    private void RefuseWhenOld(OwnedRun own)
    {
        if (own.Lease.Age > options.SendWithin) throw new InjectionStopped($"the lease was last renewed {own.Lease.Age.TotalSeconds:0.#} s ago; nothing is sent on an old lease");
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
