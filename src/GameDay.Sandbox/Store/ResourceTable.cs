using System.Threading.Channels;

namespace GameDay.Sandbox.Store;

/// <summary>All objects of one kind, their recent changes and who watches them. Guarded by the store's lock.</summary>
internal sealed class ResourceTable(int historyLength)
{
    private const int FewestRemembered = 64;
    private const long MostBytes = 16 * 1024 * 1024;
    private readonly Queue<Change> history = new();
    private long historyBytes;
    private readonly HashSet<Channel<Change>> watchers = [];
    private readonly ObjectIndex objects = new();

    /// <summary>The newest version whose change is no longer remembered.</summary>
    private long forgotten;

    public StoredObject? Find(string key) => objects.Find(key);

    /// <summary>In the order of their keys, of one namespace or of all.</summary>
    public List<StoredObject> In(string? ns) => objects.In(ns);

    public List<StoredObject> ControlledBy(string uid) => objects.ControlledBy(uid);

    public List<StoredObject> Uncontrolled(string ns) => objects.Uncontrolled(ns);

    public bool Remembers(long version) => version >= forgotten;

    public void Apply(Change change)
    {
        objects.Remove(change.Before);
        if (change.Type != StoreEvent.Deleted)
        {
            objects.Add(change.Now);
        }

        history.Enqueue(change);
        historyBytes += change.Now.Json.Length;
        while (history.Count > historyLength || (historyBytes > MostBytes && history.Count > FewestRemembered))
        {
            var oldest = history.Dequeue().Now;
            historyBytes -= oldest.Json.Length;
            forgotten = oldest.Version;
        }

        foreach (var watcher in watchers)
        {
            watcher.Writer.TryWrite(change);
        }
    }

    /// <summary>The objects and their version before the newest changes, as far back as changes are remembered.</summary>
    public (long Version, SortedDictionary<string, StoredObject> Objects) AsOf(Func<Change, bool> isTooNew)
    {
        var then = new SortedDictionary<string, StoredObject>(objects.In(null).ToDictionary(item => item.Key, StringComparer.Ordinal), StringComparer.Ordinal);
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
            : objects.In(null).Select(item => new Change(StoreEvent.Added, item, null));
        foreach (var change in missed)
        {
            channel.Writer.TryWrite(change);
        }

        watchers.Add(channel);
        return channel;
    }

    public void Unsubscribe(Channel<Change> channel) => watchers.Remove(channel);
}
