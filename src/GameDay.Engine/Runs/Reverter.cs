using GameDay.Domain.Plugins;
using Microsoft.Extensions.Logging;

namespace GameDay.Engine.Runs;

/// <summary>
/// Ends one injection and proves it: revert, wait until nothing of it can still land, read back, mark the ledger.
/// Needs neither database nor lease, so that any node may do it at any time (revert protocol, rules 1, 2, 6 and 7).
/// </summary>
internal sealed partial class Reverter(ILedger ledger, EngineOptions options, TimeProvider clock, ILogger<Reverter> log)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);

    /// <summary>Tries until it is proved or <see cref="EngineOptions.LeakAfter"/> has passed; the outcome is kept in the injection.</summary>
    public async Task RevertAsync(IFault fault, LiveInjection injection, CancellationToken ct)
    {
        injection.RevertAskedAt ??= clock.GetUtcNow();
        if (injection is { MayBeSent: true, Undo: { Layer: not "none" } undo }) _ = TellAsync(injection, undo, ct);
        var began = clock.GetTimestamp();
        for (var pause = FirstPause; injection.Proof is null; pause *= 2)
        {
            if (await TryOnceAsync(fault, injection, ct)) return;
            if (clock.GetElapsedTime(began) + pause > options.LeakAfter) return;
            await Task.Delay(pause, clock, ct);
        }
    }

    /// <summary>Beside the revert, which waits for nobody: whoever else reads the entry helps.</summary>
    private async Task TellAsync(LiveInjection injection, UndoPlan undo, CancellationToken ct)
    {
        try
        {
            await ledger.WantRevertedAsync(injection.Order, undo, ct).WaitAsync(options.CallWithin, clock, ct);
        }
        // The revert itself says what is wrong with the cluster.
        catch (Exception e)
        {
            NotTold(injection.Id, e.Message);
        }
    }

    private async Task<bool> TryOnceAsync(IFault fault, LiveInjection injection, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(options.CallWithin);
        try
        {
            return await ProveAsync(fault, injection, patience.Token);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException)
        {
            injection.Problem = $"no answer within {options.CallWithin.TotalSeconds:0} s";
        }
        // Whatever broke, the fault is not proved gone: say so and try again. Nothing is assumed.
        catch (Exception e)
        {
            injection.Problem = e.Message;
            RevertFailed(e, injection.Id);
        }
        return false;
    }

    private async Task<bool> ProveAsync(IFault fault, LiveInjection injection, CancellationToken ct)
    {
        var undo = injection.Undo ?? throw new InvalidOperationException("Nothing is sent without an undo plan.");
        if (!injection.MayBeSent && !await WasClaimedAsync(injection, undo, ct)) return Settle(injection, NeverClaimed());
        await fault.RevertAsync(injection.Order, undo, ct);
        if (await LetLateOnesLandAsync(injection, ct)) await fault.RevertAsync(injection.Order, undo, ct);
        var evidence = await fault.VerifyRevertedAsync(injection.Order, undo, ct);
        if (!evidence.Holds)
        {
            injection.Problem = evidence.Summary;
            return false;
        }
        await MarkAsync(injection, undo, evidence, ct);
        return Settle(injection, evidence);
    }

    private async Task<bool> WasClaimedAsync(LiveInjection injection, UndoPlan undo, CancellationToken ct)
    {
        if (!injection.MayBeClaimed) return false;
        await LetLateOnesLandAsync(injection, ct);
        return await ledger.FindAsync(injection.Order, undo, ct) is not null;
    }

    /// <summary>A request whose answer was lost may still be on its way; what is read before it landed proves nothing.</summary>
    private async Task<bool> LetLateOnesLandAsync(LiveInjection injection, CancellationToken ct)
    {
        if (injection.AnswerKnown) return false;
        var left = options.NothingLandsAfter - clock.GetElapsedTime(injection.SentStamp);
        if (left > TimeSpan.Zero) await Task.Delay(left, clock, ct);
        injection.AnswerKnown = true;
        return true;
    }

    private async Task MarkAsync(LiveInjection injection, UndoPlan undo, Evidence evidence, CancellationToken ct)
    {
        if (undo.Layer != "none") await ledger.MarkProvedAsync(injection.Order, undo, evidence, ct);
    }

    private bool Settle(LiveInjection injection, Evidence evidence)
    {
        injection.ProvedAt = clock.GetUtcNow();
        injection.Problem = null;
        injection.Proof = evidence;
        return true;
    }

    private Evidence NeverClaimed() => new(true, "nothing was sent: there is no ledger entry of it", new Dictionary<string, string>(), clock.GetUtcNow());

    [LoggerMessage(LogLevel.Debug, "The ledger was not told that injection {Injection} is to end: {Problem}")]
    private partial void NotTold(Guid injection, string problem);

    [LoggerMessage(LogLevel.Warning, "Reverting injection {Injection} failed")]
    private partial void RevertFailed(Exception e, Guid injection);
}
