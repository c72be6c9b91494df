namespace GameDay.Sandbox.Store;

/// <summary>Objects of one kind, found by key, by namespace and by who controls them, without looking at the others.</summary>
internal sealed class ObjectIndex
{
    private const string Everywhere = "";
    private static readonly SortedDictionary<string, StoredObject> None = [];
    private readonly Dictionary<string, List<StoredObject>> lists = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StoredObject> byKey = new(StringComparer.Ordinal);

    /// <summary>By "namespace/", so that all together are in the order of their keys.</summary>
    private readonly SortedDictionary<string, SortedDictionary<string, StoredObject>> byNamespace = new(StringComparer.Ordinal);

    /// <summary>By the controller's uid; pods without one by "namespace/".</summary>
    private readonly Dictionary<string, Dictionary<string, StoredObject>> byController = new(StringComparer.Ordinal);

    public StoredObject? Find(string key) => byKey.GetValueOrDefault(key);

    /// <summary>The same list until something in it changes: for reading only.</summary>
    public List<StoredObject> In(string? ns)
    {
        var space = string.IsNullOrEmpty(ns) ? Everywhere : ns + "/";
        if (!lists.TryGetValue(space, out var list))
        {
            lists[space] = list = space == Everywhere
                ? [.. byNamespace.Values.SelectMany(objects => objects.Values)]
                : [.. byNamespace.GetValueOrDefault(space, None).Values];
        }

        return list;
    }

    public List<StoredObject> ControlledBy(string uid) => byController.TryGetValue(uid, out var owned) ? [.. owned.Values] : [];

    public List<StoredObject> Uncontrolled(string ns) => ControlledBy(ns + "/");

    public void Add(StoredObject item)
    {
        var space = SpaceOf(item);
        Changed(space);
        byKey[item.Key] = item;
        if (!byNamespace.TryGetValue(space, out var neighbours))
        {
            byNamespace[space] = neighbours = new SortedDictionary<string, StoredObject>(StringComparer.Ordinal);
        }

        neighbours[item.Key] = item;
        if (ControllerOf(item) is not { } controller)
        {
            return;
        }

        if (!byController.TryGetValue(controller, out var siblings))
        {
            byController[controller] = siblings = new Dictionary<string, StoredObject>(StringComparer.Ordinal);
        }

        siblings[item.Key] = item;
    }

    public void Remove(StoredObject? item)
    {
        if (item is null || !byKey.Remove(item.Key))
        {
            return;
        }

        var space = SpaceOf(item);
        Changed(space);
        if (byNamespace.TryGetValue(space, out var neighbours) && neighbours.Remove(item.Key) && neighbours.Count == 0)
        {
            byNamespace.Remove(space);
        }

        if (ControllerOf(item) is { } controller && byController.TryGetValue(controller, out var siblings) && siblings.Remove(item.Key) && siblings.Count == 0)
        {
            byController.Remove(controller);
        }
    }

    private void Changed(string space)
    {
        lists.Remove(Everywhere);
        lists.Remove(space);
    }

    private static string? ControllerOf(StoredObject item) => item.Facts.Controller ?? (item.Resource == ResourceTypes.Pods ? SpaceOf(item) : null);

    private static string SpaceOf(StoredObject item) => item.Facts.Namespace + "/";
}
