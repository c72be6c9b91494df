using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.People;
using GameDay.Domain.Plugins;

namespace GameDay.Engine.Runs;

/// <summary>
/// Watches until the deadline or an abort condition. It needs no database meanwhile; without one for 10 s it gives up the fault.
/// </summary>
internal sealed class Observing(Journal journal, ILedger ledger, EngineOptions options, TimeProvider clock)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan AskClusterEvery = TimeSpan.FromSeconds(2);

    public async Task GoAsync(OwnedRun own, CancellationToken ct)
    {
        var ends = own.EndsAtStamp ?? clock.GetTimestamp();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var cluster = WatchClusterAsync(own, stop.Token);
        try
        {
            while (clock.GetTimestamp() < ends)
            {
                if (own.Lease.Age > options.ActAloneAfter) throw new DatabaseAway(own.Lease.Age);
                if (own.Probes.Breach() is { } breach)
                {
                    await EndAsync(own, breach, ct);
                    return;
                }
                if (cluster.IsCompleted)
                {
                    await EndAsync(own, await cluster, ct);
                    return;
                }
                await Task.Delay(Look, clock, ct);
            }
        }
        finally
        {
            await stop.CancelAsync();
        }
        await TimeUpAsync(own, ct);
    }

    private Task TimeUpAsync(OwnedRun own, CancellationToken ct) => journal.WriteAsync(own, entry =>
    {
        if (!RunLifecycle.Allows(entry.Run.State, RunTrigger.TimeUp)) return;
        entry.Run.Move(RunTrigger.TimeUp, clock.GetUtcNow());
        entry.Say(EntryKind.RunState, $"{own.Title}: time is up, reverting");
    }, ct);

    private Task EndAsync(OwnedRun own, string why, CancellationToken ct) => journal.WriteAsync(own, entry =>
    {
        if (!RunLifecycle.Allows(entry.Run.State, RunTrigger.Abort)) return;
        entry.Run.Abort(Actor.Engine.Name, why, clock.GetUtcNow());
        entry.Say(EntryKind.Abort, $"{own.Title}: stopped early, reverting. {why}");
    }, ct);

    /// <summary>Ends with a reason when somebody put the halt object or another actor moved a ledger entry.</summary>
    private async Task<string> WatchClusterAsync(OwnedRun own, CancellationToken ct)
    {
        while (true)
        {
            await Task.Delay(AskClusterEvery, clock, ct);
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
            catch (Exception e) when (e is not OperationCanceledException)
            {
                continue;
            }
        }
    }

    private async Task<LiveInjection?> EndedElsewhereAsync(OwnedRun own, CancellationToken ct)
    {
        foreach (var live in own.Live.Values.Where(i => i is { MayBeSent: true, Undo: { Layer: not "none" } }))
            if (await ledger.FindAsync(live.Order, live.Undo!, ct) is not { Wanted: "Active" }) return live;
        return null;
    }
}

/// <summary>PostgreSQL did not answer for too long: act alone.</summary>
internal sealed class DatabaseAway(TimeSpan age) : Exception($"PostgreSQL has been away for {age.TotalSeconds:0} s.");
