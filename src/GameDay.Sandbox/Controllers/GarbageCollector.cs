using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Controllers;

/// <summary>Deletes what its owners left behind: an object goes when the last owner it names is gone.</summary>
internal sealed class GarbageCollector(ClusterStore store) : IController
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, HashSet<(ResourceType Type, ObjectKey Key)>> dependents = new(StringComparer.Ordinal);

    public IEnumerable<Source> Sources => ResourceTypes.All.Select(type => new Source(type, Note));

    /// <param name="key">The uid of an owner that may be gone, as the name.</param>
    public TimeSpan? Reconcile(ObjectKey key)
    {
        foreach (var (type, dependent) in DependentsOf(key.Name))
        {
            if (store.Find(type, dependent.Namespace, dependent.Name) is { } item && IsOrphan(item))
            {
                store.TryDelete(type, dependent.Namespace, dependent.Name, new DeleteOptions(Uid: item.Uid()));
            }
        }

        return null;
    }

    private List<(ResourceType Type, ObjectKey Key)> DependentsOf(string owner)
    {
        lock (gate)
        {
            return [.. dependents.GetValueOrDefault(owner, [])];
        }
    }

    private bool IsOrphan(JsonObject item)
    {
        var owners = item.Items("metadata", "ownerReferences").ToList();
        return owners.Count > 0 && !owners.Exists(owner => Lives(owner, item.Namespace()));
    }

    /// <summary>Owners of kinds unknown here are taken to live: better litter than a wrong delete.</summary>
    private bool Lives(JsonObject owner, string ns) =>
        ResourceTypes.OfKind(owner.Text("apiVersion") ?? "", owner.Text("kind") ?? "") is not { } type
        || store.Find(type, ns, owner.Text("name") ?? "")?.Uid() == owner.Text("uid");

    private IEnumerable<ObjectKey> Note(Change change)
    {
        if (change.Type == StoreEvent.Modified && change.Before?.Facts.Controller == change.Now.Facts.Controller)
        {
            return [];
        }

        if (!change.Now.Facts.HasOwners && change.Before?.Facts.HasOwners != true)
        {
            return change.Type == StoreEvent.Deleted ? [new ObjectKey("", change.Now.Uid)] : [];
        }

        var item = change.Now.Parse();
        var owners = Dependents.Owners(item).ToList();
        var entry = (change.Now.Resource, ObjectKey.Of(change.Now.Facts));
        lock (gate)
        {
            foreach (var owner in owners)
            {
                if (change.Type == StoreEvent.Deleted)
                {
                    Remove(owner, entry);
                }
                else
                {
                    Add(owner, entry);
                }
            }
        }

        // A dependent born after its owner went is found here, by its own arrival.
        return change.Type == StoreEvent.Deleted ? [new ObjectKey("", change.Now.Uid)]
            : IsOrphan(item) ? owners.Select(owner => new ObjectKey("", owner))
            : [];
    }

    private void Add(string owner, (ResourceType, ObjectKey) entry)
    {
        if (!dependents.TryGetValue(owner, out var set))
        {
            dependents[owner] = set = [];
        }

        set.Add(entry);
    }

    private void Remove(string owner, (ResourceType, ObjectKey) entry)
    {
        if (dependents.TryGetValue(owner, out var set) && set.Remove(entry) && set.Count == 0)
        {
            dependents.Remove(owner);
        }
    }
}
