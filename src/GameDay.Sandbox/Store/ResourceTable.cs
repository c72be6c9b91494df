using System.Threading.Channels;

namespace GameDay.Sandbox.Store;

/// <summary>All objects of one kind, their recent changes and who watches them. Guarded by the store's lock.</summary>
internal sealed class ResourceTable(int historyLength)
{
    private readonly Queue<Change> history = new();
    private readonly HashSet<Channel<Change>> watchers = [];

    /// <summary>The newest version whose change is no longer remembered.</summary>
    private long forgotten;

    public SortedDictionary<string, StoredObject> Objects { get; } = new(StringComparer.Ordinal);

    public bool Remembers(long version) => version >= forgotten;

    public void Apply(Change change)
    {
        if (change.Type == StoreEvent.Deleted)
        {
            Objects.Remove(change.Now.Key);
        }
        else
        {
            Objects[change.Now.Key] = change.Now;
        }

        history.Enqueue(change);
        while (history.Count > historyLength)
        {
            forgotten = history.Dequeue().Now.Version;
        }

        foreach (var watcher in watchers)
        {
            watcher.Writer.TryWrite(change);
        }
    }

    /// <summary>The objects and their version before the newest changes, as far back as changes are remembered.</summary>
    public (long Version, SortedDictionary<string, StoredObject> Objects) AsOf(Func<Change, bool> isTooNew)
    {
        var then = new SortedDictionary<string, StoredObject>(Objects, StringComparer.Ordinal);
        foreach (var change in history.Reverse())
        {
            if (!isTooNew(change))
            {
                return (change.Now.Version, then);
            }

            if (change.Before is { } before)
            {
                then[before.Key] = before;
            }
            else
            {
                then.Remove(change.Now.Key);
            }
        }

        return (Math.Max(forgotten, 1), then);
    }

    /// <summary>Subscribes; the channel already holds what the watcher missed since <paramref name="from"/>.</summary>
    public Channel<Change> Subscribe(long? from)
    {
        var channel = Channel.CreateUnbounded<Change>(new UnboundedChannelOptions { SingleReader = true });
        var missed = from is { } version
            ? history.Where(change => change.Now.Version > version)
            : Objects.Values.Select(item => new Change(StoreEvent.Added, item, null));
        foreach (var change in missed)
        {
            channel.Writer.TryWrite(change);
        }

        watchers.Add(channel);
        return channel;
    }

    public void Unsubscribe(Channel<Change> channel) => watchers.Remove(channel);
}
