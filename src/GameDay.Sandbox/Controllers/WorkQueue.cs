using System.Threading.Channels;

namespace GameDay.Sandbox.Controllers;

/// <summary>Keys waiting for a look, each at most once, some later.</summary>
internal sealed class WorkQueue(TimeProvider clock) : IDisposable
{
    private readonly Lock gate = new();
    private readonly HashSet<ObjectKey> waiting = [];
    private readonly Dictionary<ObjectKey, ITimer> later = [];
    private readonly Channel<ObjectKey> ready = Channel.CreateUnbounded<ObjectKey>();

    public void Add(ObjectKey key)
    {
        lock (gate)
        {
            if (waiting.Add(key))
            {
                ready.Writer.TryWrite(key);
            }
        }
    }

    /// <summary>Adds the key after a while; a newer wish replaces an older one.</summary>
    public void AddAfter(ObjectKey key, TimeSpan delay)
    {
        lock (gate)
        {
            if (later.Remove(key, out var old))
            {
                old.Dispose();
            }

            later[key] = clock.CreateTimer(_ => Add(key), null, delay, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Keys as they come. A key that changes while it is worked on comes again.</summary>
    public async IAsyncEnumerable<ObjectKey> ReadAllAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var key in ready.Reader.ReadAllAsync(cancellationToken))
        {
            lock (gate)
            {
                waiting.Remove(key);
                if (later.Remove(key, out var timer))
                {
                    timer.Dispose();
                }
            }

            yield return key;
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            foreach (var timer in later.Values)
            {
                timer.Dispose();
            }

            later.Clear();
        }
    }
}
