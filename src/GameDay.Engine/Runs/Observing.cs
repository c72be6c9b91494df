using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.People;

namespace GameDay.Engine.Runs;

/// <summary>
/// Watches until the deadline or an abort condition. It needs no database meanwhile; without one for 10 s it gives up the fault.
/// </summary>
internal sealed class Observing(Journal journal, ClusterWatch watch, EngineOptions options, TimeProvider clock)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    public async Task GoAsync(OwnedRun own, CancellationToken ct)
    {
        var ends = own.EndsAtStamp ?? clock.GetTimestamp();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var cluster = watch.UntilItEndsTheRunAsync(own, stop.Token);
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
}

/// <summary>PostgreSQL did not answer for too long: act alone.</summary>
internal sealed class DatabaseAway(TimeSpan age) : Exception($"PostgreSQL has been away for {age.TotalSeconds:0} s.");
