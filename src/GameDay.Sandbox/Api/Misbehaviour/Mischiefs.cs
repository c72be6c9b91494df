namespace GameDay.Sandbox.Api.Misbehaviour;

/// <summary>The misbehaviour that was asked for and is not used up.</summary>
internal sealed class Mischiefs : IDisposable
{
    private readonly Lock gate = new();
    private readonly List<Mischief> pending = [];
    private CancellationTokenSource watches = new();

    /// <summary>Cancelled when the watches that are open now shall break.</summary>
    public CancellationToken WatchesBreak
    {
        get
        {
            lock (gate)
            {
                return watches.Token;
            }
        }
    }

    public void Add(Mischief mischief)
    {
        lock (gate)
        {
            pending.Add(mischief);
        }

        if (mischief.Kind == "lostWatch")
        {
            BreakWatches();
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            pending.Clear();
        }
    }

    /// <summary>The first misbehaviour that hits the request; using it counts.</summary>
    public Mischief? Take(HttpRequest request)
    {
        lock (gate)
        {
            var index = pending.FindIndex(mischief => mischief.Hits(request));
            if (index < 0)
            {
                return null;
            }

            var found = pending[index];
            pending[index] = found with { Times = found.Times - 1 };
            if (found.Times <= 1)
            {
                pending.RemoveAt(index);
            }

            return found;
        }
    }

    public void Dispose() => watches.Dispose();

    private void BreakWatches()
    {
        CancellationTokenSource old;
        lock (gate)
        {
            old = watches;
            watches = new CancellationTokenSource();
        }

        old.Cancel();
        old.Dispose();
    }
}
