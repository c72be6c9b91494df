using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults.Reaping;

internal enum ReapResult { Proved, Unproved, NotBefore }

/// <param name="Words">The proof, or what is missing.</param>
internal sealed record ReapOutcome(ReapResult Result, string Words);

/// <summary>Ends one fault and proves it; whoever else does the same meanwhile does no harm (rules 1, 6 and 7).</summary>
internal sealed class Reap(KubernetesClient client, IReadOnlyDictionary<string, IFault> faults, ILedger ledger)
{
    /// <summary>A write that was sent in time may keep the server busy for this long.</summary>
    private static readonly TimeSpan ServerTimeout = TimeSpan.FromSeconds(5);

    public async Task<ReapOutcome> RunAsync(Held held, CancellationToken ct)
    {
        var (order, undo) = (held.Content.Order, held.Content.Undo);
        var fault = faults[undo.Kind];
        var told = held.FromLedger ? TellAsync(order, undo, ct) : Task.CompletedTask;
        await fault.RevertAsync(order, undo, ct);
        if (MayStillLand(order, undo))
            return new(ReapResult.NotBefore, $"reverted; proved only after {Landing.LimitOf(order) + ServerTimeout:HH:mm:ss} UTC, when nothing of it can land any more");
        var evidence = await fault.VerifyRevertedAsync(order, undo, ct);
        if (!evidence.Holds)
            return new(ReapResult.Unproved, evidence.Summary);
        await told;
        if (held.FromLedger)
            await ledger.MarkProvedAsync(order, undo, evidence, ct);
        return new(ReapResult.Proved, evidence.Summary);
    }

    /// <summary>Beside the revert, which waits for no write to the ledger.</summary>
    private async Task TellAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct)
    {
        try
        {
            await ledger.WantRevertedAsync(order, undo, ct);
        }
        catch (Exception refused) when (refused is KubernetesException or ClusterUnreachableException or OperationCanceledException)
        {
            return; // what the ledger says of the proof is asked for next, and tells the same
        }
    }

    /// <summary>
    /// Whether the engine sent its request is not known here. An agent's name is given only once, so its end proves enough; any
    /// other write may be on its way until the server's limit for it has passed (rule 2).
    /// </summary>
    private bool MayStillLand(InjectionOrder order, UndoPlan undo) =>
        !undo.Values.ContainsKey("agent") && !(client.ServerClock.Now > Landing.LimitOf(order) + ServerTimeout);
}
