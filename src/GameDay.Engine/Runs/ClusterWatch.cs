using GameDay.Domain.Plugins;

namespace GameDay.Engine.Runs;

/// <summary>
/// Asks a run's cluster once a second whether its halt object was put (revert protocol, rule 12: kubectl alone ends everything) and
/// whether another actor, such as the reaper, moved one of the run's ledger entries.
/// </summary>
internal sealed class ClusterWatch(ILedger ledger, TimeProvider clock)
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(1);

    /// <returns>Why the run has to end.</returns>
    public async Task<string> UntilItEndsTheRunAsync(OwnedRun own, CancellationToken ct)
    {
        while (true)
        {
            await Task.Delay(AskEvery, clock, ct);
            try
            {
                if (await ledger.IsHaltedAsync(own.Plan.Cluster, ct)) return "the cluster's halt object (ConfigMap gameday-halt) was put in place";
                if (await EndedElsewhereAsync(own, ct) is { } injection)
                {
                    own.Blind = $"The fault on {injection.Order.Target.Name} was ended by somebody else before its time";
                    return own.Blind;
                }
            }
            // The cluster being away is what the probes notice; here it only means: not known yet.
            catch (Exception) when (!ct.IsCancellationRequested)
            {
                continue;
            }
        }
    }

    private async Task<LiveInjection?> EndedElsewhereAsync(OwnedRun own, CancellationToken ct)
    {
        var held = own.Live.Values.Where(i => i is { MayBeSent: true, AnswerKnown: true, Undo: { Layer: not "none" } }).ToList();
        if (held.Count == 0) return null;
        var active = await ledger.WantedActiveAsync(own.Plan.Cluster, own.Id, ct);
        // A list may be older than what it leaves out: the entry itself decides.
        foreach (var live in held.Where(i => !active.Contains(i.Id)))
            if (await ledger.FindAsync(live.Order, live.Undo!, ct) is not { Wanted: "Active" }) return live;
        return null;
    }
}
