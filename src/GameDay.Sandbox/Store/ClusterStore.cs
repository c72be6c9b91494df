using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace GameDay.Sandbox.Store;

/// <summary>
/// The cluster's state: objects in Kubernetes JSON under one growing resourceVersion. Everything that goes in or out is
/// a copy, so callers may change what they hold.
/// </summary>
public sealed partial class ClusterStore(TimeProvider clock, int historyLength = 4096)
{
    private readonly Lock gate = new();
    private readonly Dictionary<ResourceType, ResourceTable> tables =
        ResourceTypes.All.ToDictionary(type => type, _ => new ResourceTable(historyLength));

    /// <summary>Older places are forgotten: a server's watches reach back to its start at most.</summary>
    private const long Beginning = 100;

    private long version = Beginning;

    public TimeProvider Clock => clock;

    public JsonObject Create(ResourceType type, JsonObject item, bool dryRun = false)
    {
        item = Births.Complete(type, item.Copy(), clock.GetUtcNow());
        lock (gate)
        {
            if (Current(type, item.Namespace(), item.Name()) is not null)
            {
                throw ApiException.AlreadyExists(type, item.Name());
            }

            return Commit(StoreEvent.Added, type, item, null, dryRun);
        }
    }

    /// <summary>Replaces an object. A resourceVersion or uid in it that is not the current one is answered by 409.</summary>
    public JsonObject Update(ResourceType type, JsonObject item, bool dryRun = false)
    {
        item = item.Copy();
        lock (gate)
        {
            var before = Demand(type, item.Namespace(), item.Name());
            Preconditions.Check(before, item.Text("metadata", "uid"), item.Text("metadata", "resourceVersion"));
            return Replace(before, item, dryRun);
        }
    }

    /// <summary>Reads, changes and writes in one step. Nothing is written, and no version spent, when nothing changed.</summary>
    /// <param name="uid">When given and the object is another one by now: 409.</param>
    public JsonObject Mutate(ResourceType type, string? ns, string name, Action<JsonObject> change, string? uid = null, bool dryRun = false)
    {
        lock (gate)
        {
            var before = Demand(type, ns, name);
            Preconditions.Check(before, uid, null);
            var item = before.Parse();
            change(item);
            return Replace(before, item, dryRun);
        }
    }

    /// <summary>As <see cref="Mutate"/>, but null when the object is gone or replaced.</summary>
    public JsonObject? TryMutate(ResourceType type, string? ns, string name, Action<JsonObject> change, string? uid = null)
    {
        lock (gate)
        {
            var current = Current(type, ns, name);
            return current is null || (uid is not null && current.Uid != uid) ? null : Mutate(type, ns, name, change);
        }
    }

    /// <summary>
    /// Deletes, or marks for deletion what ends gracefully: a pod on a node (its kubelet finishes with grace 0), a namespace,
    /// anything with finalizers. Returns the object as it is now or last was.
    /// </summary>
    public JsonObject Delete(ResourceType type, string? ns, string name, DeleteOptions? options = null)
    {
        options ??= new DeleteOptions();
        lock (gate)
        {
            var before = Demand(type, ns, name);
            Preconditions.Check(before, options.Uid, options.ResourceVersion);
            var item = before.Parse();
            return Deletion.Mark(type, item, options.GraceSeconds, clock.GetUtcNow())
                ? Replace(before, item, options.DryRun, marking: true)
                : Commit(StoreEvent.Deleted, type, item, before, options.DryRun);
        }
    }

    /// <summary>As <see cref="Delete"/>, but null when there is nothing to delete or it is another object by now.</summary>
    public JsonObject? TryDelete(ResourceType type, string? ns, string name, DeleteOptions? options = null)
    {
        lock (gate)
        {
            var current = Current(type, ns, name);
            return current is null || (options?.Uid is { } uid && current.Uid != uid) ? null : Delete(type, ns, name, options);
        }
    }

    /// <summary>Changes after a version, or, without one, the existing objects as ADDED first. 410 for a version too old.</summary>
    public async IAsyncEnumerable<StoreEvent> Watch(
        ResourceType type, string? fromResourceVersion = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var subscription = Subscribe(type, ResourceVersions.Parse(fromResourceVersion));
        await foreach (var change in subscription.Changes.ReadAllAsync(cancellationToken))
        {
            yield return change.ToEvent();
        }
    }

    internal Subscription Subscribe(ResourceType type, long? from)
    {
        lock (gate)
        {
            var table = tables[type];
            if (from is { } known && (known < Beginning || known > version || !table.Remembers(known)))
            {
                throw ApiException.Expired($"too old resource version: {from} ({version})");
            }

            var channel = table.Subscribe(from);
            return new Subscription(channel.Reader, version, () => Unsubscribe(table, channel));
        }
    }

    /// <summary>The version of the newest change of any kind.</summary>
    internal long Version
    {
        get
        {
            lock (gate)
            {
                return version;
            }
        }
    }

    private void Unsubscribe(ResourceTable table, System.Threading.Channels.Channel<Change> channel)
    {
        lock (gate)
        {
            table.Unsubscribe(channel);
        }
    }

    private StoredObject? Current(ResourceType type, string? ns, string name) =>
        tables[type].Find(StoredObject.KeyOf(type.Namespaced ? ns : null, name));

    private StoredObject Demand(ResourceType type, string? ns, string name) =>
        Current(type, ns, name) ?? throw ApiException.NotFound(type, name);

    private JsonObject Replace(StoredObject before, JsonObject item, bool dryRun, bool marking = false)
    {
        var old = before.Parse();
        Births.KeepIdentity(before.Resource, old, item, marking);
        if (Deletion.IsComplete(before.Resource, item))
        {
            return Commit(StoreEvent.Deleted, before.Resource, item, before, dryRun);
        }

        item.Ensure("metadata")["resourceVersion"] = before.Version.ToString();
        return before.Json.AsSpan().SequenceEqual(item.ToUtf8()) || JsonNode.DeepEquals(old, item)
            ? old
            : Commit(StoreEvent.Modified, before.Resource, item, before, dryRun);
    }

    private JsonObject Commit(string what, ResourceType type, JsonObject item, StoredObject? before, bool dryRun)
    {
        if (dryRun)
        {
            return item;
        }

        var now = StoredObject.From(type, item, ++version);
        tables[type].Apply(new Change(what, now, before) { At = clock.GetTimestamp() });
        return item;
    }
}
