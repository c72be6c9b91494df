using System.Text.Json.Nodes;

namespace GameDay.Sandbox.Store;

/// <summary>Finding objects: by name, by namespace, by who controls them, as they are or were.</summary>
public sealed partial class ClusterStore
{
    public JsonObject Get(ResourceType type, string? ns, string name) =>
        Find(type, ns, name) ?? throw ApiException.NotFound(type, name);

    public JsonObject? Find(ResourceType type, string? ns, string name) => FindStored(type, ns, name)?.Parse();

    internal StoredObject? FindStored(ResourceType type, string? ns, string name)
    {
        lock (gate)
        {
            return Current(type, ns, name);
        }
    }

    /// <summary>All objects of a kind, of one namespace or of all, in order of namespace and name.</summary>
    public IReadOnlyList<JsonObject> List(ResourceType type, string? ns = null) =>
        [.. Snapshot(type, ns).Items.Select(item => item.Parse())];

    internal (long Version, List<StoredObject> Items) Snapshot(ResourceType type, string? ns)
    {
        lock (gate)
        {
            return (version, tables[type].In(type.Namespaced ? ns : null));
        }
    }

    /// <summary>The objects as they were some time ago, as a server shows them whose cache lags behind; never older than a given version.</summary>
    internal (long Version, List<StoredObject> Items) SnapshotOf(TimeSpan age, ResourceType type, string? ns, long notBefore)
    {
        lock (gate)
        {
            var (then, objects) = tables[type].AsOf(change => change.Now.Version > notBefore && clock.GetElapsedTime(change.At) < age);
            var prefix = string.IsNullOrEmpty(ns) || !type.Namespaced ? "" : ns + "/";
            return (then, [.. objects.Values.Where(item => item.Key.StartsWith(prefix, StringComparison.Ordinal))]);
        }
    }

    internal IEnumerable<ObjectFacts> Facts(ResourceType type, string? ns = null) => Snapshot(type, ns).Items.Select(item => item.Facts);

    /// <summary>The objects that one owner controls.</summary>
    internal IReadOnlyList<StoredObject> ControlledBy(ResourceType type, string uid)
    {
        lock (gate)
        {
            return tables[type].ControlledBy(uid);
        }
    }

    /// <summary>A namespace's pods that nobody controls.</summary>
    internal IReadOnlyList<StoredObject> Alone(string ns)
    {
        lock (gate)
        {
            return tables[ResourceTypes.Pods].Uncontrolled(ns);
        }
    }

    internal bool Remembers(ResourceType type, long from)
    {
        lock (gate)
        {
            return from <= version && tables[type].Remembers(from);
        }
    }
}
