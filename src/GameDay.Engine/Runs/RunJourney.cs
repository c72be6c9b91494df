using GameDay.Data;
using GameDay.Domain;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.People;
using GameDay.Engine.Leases;
using Microsoft.Extensions.Logging;

namespace GameDay.Engine.Runs;

/// <summary>Takes one owned run from phase to phase. The recorded state decides what is next; whatever goes wrong, the way leads to revert.</summary>
internal sealed partial class RunJourney(
    Journal journal, Armed armed, Baseline baseline, Injecting injecting, Observing observing, Reverting reverting, Leaked leaked, Recovering recovering,
    RideOut rideOut, Recorder recorder, Beat beat, AlertWatch alerts, TimeProvider clock, ILogger<RunJourney> log)
{
    private static readonly TimeSpan AfterDefect = TimeSpan.FromSeconds(1);
    /// <summary>A database that hangs keeps no abort waiting: what is live is reverted from memory meanwhile.</summary>
    private static readonly TimeSpan WriteFirst = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(250);

    /// <param name="stop">The process ends: faults are reverted first, then the lease is handed over.</param>
    /// <param name="kill">No more time is left.</param>
    public async Task TravelAsync(OwnedRun own, CancellationToken stop, CancellationToken kill)
    {
        using var writing = CancellationTokenSource.CreateLinkedTokenSource(own.Lease.Lost, kill);
        var beside = Task.WhenAll(recorder.KeepWritingAsync(own, writing.Token), beat.KeepAsync(own, writing.Token), alerts.KeepListeningAsync(own.Probes, writing.Token));
        try
        {
            while (await StepAsync(own, stop, kill))
            {
                // The state that was written last says where to go.
            }
            await beat.EndAsync(own, kill);
        }
        catch (LeaseLost)
        {
            LostLease(own.Id);
            await TakeBackAsync(own, kill);
        }
        finally
        {
            await writing.CancelAsync();
            await beside;
        }
    }

    /// <summary>
    /// Whoever took over a run in Injecting only reverts it. A request of ours may have gone out after that revert was read back,
    /// by a process that slept or was cut off: so we take back what we may have sent. Twice is harmless.
    /// </summary>
    private async Task TakeBackAsync(OwnedRun own, CancellationToken kill)
    {
        if (own.Phase == RunState.Injecting) await reverting.RevertAllAsync(own, _ => { }, kill);
    }

    /// <returns>False when the run is over for this node.</returns>
    private async Task<bool> StepAsync(OwnedRun own, CancellationToken stop, CancellationToken kill)
    {
        using var owned = CancellationTokenSource.CreateLinkedTokenSource(own.Lease.Lost, kill);
        using var phase = CancellationTokenSource.CreateLinkedTokenSource(owned.Token, stop);
        // An abort ends what was going on when it came; what follows it (reverting, recovering) is not ended by the same abort.
        using var abort = own.Order is null ? own.Aborted.Register(phase.Cancel) : default;
        try
        {
            var run = await journal.ReadAsync(own, owned.Token);
            own.Begin(run.State, phase);
            // Heard between two steps, or not written down yet: no further step towards a fault, or under one.
            if (own.Order is not null && run.State is RunState.Armed or RunState.Baseline or RunState.Injecting or RunState.Observing)
            {
                await phase.CancelAsync();
                phase.Token.ThrowIfCancellationRequested();
            }
            return await GoOnAsync(own, run, owned.Token, phase.Token);
        }
        catch (Exception e)
        {
            return await AnswerAsync(own, e, stop, kill, owned.Token, phase.Token);
        }
        finally
        {
            own.End();
        }
    }

    /// <summary>While the run is ours we never walk away from it, whatever breaks, and however often.</summary>
    private async Task<bool> AnswerAsync(OwnedRun own, Exception trouble, CancellationToken stop, CancellationToken kill, CancellationToken owned, CancellationToken phase)
    {
        while (true)
        {
            if (trouble is LeaseLost || own.Lease.Lost.IsCancellationRequested) throw new LeaseLost(own.Id);
            if (kill.IsCancellationRequested) return false;
            try
            {
                return await AnswerOnceAsync(own, trouble, stop, owned, phase);
            }
            catch (Exception e)
            {
                trouble = e;
                await Task.Delay(Breath, clock, CancellationToken.None);
            }
        }
    }

    private async Task<bool> AnswerOnceAsync(OwnedRun own, Exception trouble, CancellationToken stop, CancellationToken owned, CancellationToken phase)
    {
        if (trouble is OperationCanceledException && phase.IsCancellationRequested) return await TurnBackAsync(own, stop, owned);
        if (trouble is not DatabaseAway && !ExerciseLock.IsConnectionLoss(trouble)) return await FailAsync(own, trouble, owned);
        ActingAlone(trouble.Message, own.Id);
        await rideOut.GoAsync(own, owned);
        return true;
    }

    private async Task<bool> GoOnAsync(OwnedRun own, Run run, CancellationToken owned, CancellationToken phase)
    {
        switch (run.State)
        {
            case RunState.Armed: await armed.GoAsync(own, phase); return true;
            case RunState.Baseline: await baseline.GoAsync(own, phase); return true;
            case RunState.Injecting when own.InjectingHere:
                own.InjectingHere = false;
                await injecting.GoAsync(own, phase);
                return true;
            case RunState.Injecting: throw new InjectionStopped("the injection was interrupted");
            case RunState.Observing: await observing.GoAsync(own, phase); return true;
            case RunState.Reverting: await reverting.GoAsync(own, owned); return true;
            case RunState.Leaked: await leaked.GoAsync(own, phase); return true;
            case RunState.Recovering: await recovering.GoAsync(own, phase); return true;
            default: return false;
        }
    }

    /// <summary>An abort was heard, or the process ends: a run that may hold a fault goes to revert, the others are left to whoever comes next.</summary>
    private async Task<bool> TurnBackAsync(OwnedRun own, CancellationToken stop, CancellationToken ct)
    {
        var order = own.Order ?? new AbortOrder(Actor.Engine, "GameDay was stopped on this machine", WholeExercise: false);
        var writing = journal.WriteAsync(own, entry =>
        {
            var holds = own.Order is not null || RunLifecycle.MayHoldFault(entry.Run.State);
            if (!holds || !RunLifecycle.Allows(entry.Run.State, RunTrigger.Abort)) return;
            entry.Exercise.Record(EntryKind.Abort, order.By, $"{own.Title}: aborted{(order.Reason is { } why ? $": {why}" : "")}", own.Id);
            entry.Run.Abort(order.By.Name, order.Reason, clock.GetUtcNow());
            if (entry.Run.State == RunState.Done) entry.Run.Judge(Verdict.Aborted, order.Reason ?? "Aborted while recovering");
        }, ct);
        await Task.WhenAny(writing, Task.Delay(WriteFirst, clock, ct));
        if (!writing.IsCompleted) await reverting.RevertAllAsync(own, _ => { }, ct);
        var after = await writing;
        if (RunLifecycle.MayHoldFault(after.State)) own.Blind ??= order.Reason;
        // A leak is handed over when the process ends: it was tried, and whoever comes next tries on.
        return RunLifecycle.MayHoldFault(after.State) && !(after.State == RunState.Leaked && stop.IsCancellationRequested);
    }

    /// <summary>A refused injection or a defect of ours: never stay where a fault may be in place.</summary>
    private async Task<bool> FailAsync(OwnedRun own, Exception e, CancellationToken ct)
    {
        if (e is InjectionStopped { Cause: { } cause }) Stopped(cause, own.Id);
        else if (e is not RuleBroken) Broke(e, own.Id);
        var why = e is RuleBroken ? e.Message : $"Something broke inside GameDay ({e.GetType().Name}); its log has the details for run {own.Id}";
        var after = await journal.WriteAsync(own, entry =>
        {
            var trigger = RunLifecycle.Allows(entry.Run.State, RunTrigger.InjectionFailed) ? RunTrigger.InjectionFailed : RunTrigger.Abort;
            if (!RunLifecycle.Allows(entry.Run.State, trigger) || entry.Run.State == RunState.Recovering) return;
            entry.Run.Move(trigger, clock.GetUtcNow(), why);
            entry.Say(EntryKind.RunState, $"{own.Title}: reverting. {why}");
        }, ct);
        if (after.State is RunState.Reverting && e is RuleBroken) return true;
        await Task.Delay(AfterDefect, clock, ct);
        return !after.IsTerminal;
    }

    [LoggerMessage(LogLevel.Warning, "The lease of run {Run} is somebody else's now")]
    private partial void LostLease(Guid run);

    [LoggerMessage(LogLevel.Warning, "Acting without the database for run {Run}: {Problem}")]
    private partial void ActingAlone(string problem, Guid run);

    [LoggerMessage(LogLevel.Warning, "The injection of run {Run} failed; it goes to revert")]
    private partial void Stopped(Exception cause, Guid run);

    [LoggerMessage(LogLevel.Error, "Run {Run} broke; it goes to revert")]
    private partial void Broke(Exception e, Guid run);
}
