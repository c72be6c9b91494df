using System.Collections.Concurrent;
using GameDay.Data;
using GameDay.Domain.Experiments;
using GameDay.Engine.Leases;

namespace GameDay.Engine.Runs;

/// <summary>
/// What several targets of one run want to write at the same moment becomes one transaction: they would only wait for each other's row
/// lock. Whoever is refused hears it alone, and the others are written without them.
/// </summary>
internal sealed class GroupCommit
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ConcurrentQueue<Waiting> _waiting = [];

    /// <param name="write">One transaction that applies what it is given.</param>
    public async Task<Run> WriteAsync(Action<Journal.Entry> change, Func<Action<Journal.Entry>, Task<Run>> write, CancellationToken ct)
    {
        var mine = new Waiting(change);
        _waiting.Enqueue(mine);
        try
        {
            await _turn.WaitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            mine.TryTake();
            throw;
        }
        try
        {
            if (mine.TryTake()) await TogetherAsync(mine, write);
            if (mine.Lost is { } lost) throw lost;
            return mine.Written ?? await write(change);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task TogetherAsync(Waiting first, Func<Action<Journal.Entry>, Task<Run>> write)
    {
        List<Waiting> group = [first];
        while (_waiting.TryDequeue(out var next))
            if (next.TryTake()) group.Add(next);
        while (group.Count > 1 && !await TryAsync(group, write))
        {
            // Without the one who was refused.
        }
    }

    /// <returns>False: one was refused and has left the group.</returns>
    private static async Task<bool> TryAsync(List<Waiting> group, Func<Action<Journal.Entry>, Task<Run>> write)
    {
        Waiting? refused = null;
        try
        {
            var run = await write(entry =>
            {
                foreach (var one in group)
                {
                    refused = one;
                    one.Change(entry);
                }
                refused = null;
            });
            group.ForEach(one => one.Written = run);
        }
        catch (Exception e) when (refused is not null)
        {
            refused.Lost = e;
            group.Remove(refused);
            return false;
        }
        // Whether it was written is not known to any of them.
        catch (Exception e) when (e is LeaseLost || ExerciseLock.IsConnectionLoss(e))
        {
            group.ForEach(one => one.Lost = e);
        }
        // The first one gave up, or the database refused: now each alone.
        catch (Exception)
        {
            group.ForEach(one => one.Written = null);
        }
        return true;
    }

    private sealed class Waiting(Action<Journal.Entry> change)
    {
        private int _taken;

        public Action<Journal.Entry> Change => change;
        public Run? Written { get; set; }
        public Exception? Lost { get; set; }

        /// <returns>True once: for whoever writes it, or for its owner who gave up.</returns>
        public bool TryTake() => Interlocked.Exchange(ref _taken, 1) == 0;
    }
}
