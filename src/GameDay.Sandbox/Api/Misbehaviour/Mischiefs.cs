namespace GameDay.Sandbox.Api.Misbehaviour;

/// <summary>The misbehaviour that was asked for and is not used up.</summary>
internal sealed class Mischiefs(TimeProvider clock) : IDisposable
{
    private readonly Lock gate = new();
    private readonly List<Pending> pending = [];
    private readonly Breaker watches = new();
    private readonly Breaker connections = new();

    /// <summary>Cancelled when the watches that are open now shall break.</summary>
    public CancellationToken WatchesBreak => watches.Token;

    /// <summary>Cancelled when everything that is open now shall break.</summary>
    public CancellationToken ConnectionsBreak => connections.Token;

    public void Add(Mischief mischief)
    {
        lock (gate)
        {
            pending.Add(new Pending(mischief, mischief.Times, clock.GetTimestamp()));
        }

        if (mischief.Kind == Mischief.LostWatch)
        {
            watches.Break();
        }
        else if (mischief is { Kind: Mischief.Away, PathContains: "", Method: "", AgentContains: "" })
        {
            connections.Break();
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
            pending.RemoveAll(IsOver);
            var index = pending.FindIndex(one => one.Mischief.Hits(request));
            if (index < 0)
            {
                return null;
            }

            var found = pending[index];
            if (found.Mischief.For is null)
            {
                pending[index] = found with { Left = found.Left - 1 };
            }

            return found.Mischief;
        }
    }

    public void Dispose()
    {
        watches.Dispose();
        connections.Dispose();
    }

    private bool IsOver(Pending one) =>
        one.Mischief.For is { } lasts ? clock.GetElapsedTime(one.Since) >= lasts : one.Left < 1;

    private readonly record struct Pending(Mischief Mischief, int Left, long Since);
}
