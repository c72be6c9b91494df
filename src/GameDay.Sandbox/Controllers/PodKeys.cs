using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Controllers;

/// <summary>Finds the objects of a namespace that a changed pod may concern.</summary>
internal static class PodKeys
{
    /// <summary>Every object of a kind in the changed object's namespace.</summary>
    public static Func<Change, IEnumerable<ObjectKey>> Neighbours(ClusterStore store, ResourceType type) =>
        change => store.Facts(type, change.Now.Facts.Namespace).Select(ObjectKey.Of);

    /// <summary>The owner of the changed object, of the given kind, before and after the change.</summary>
    public static Func<Change, IEnumerable<ObjectKey>> Owner(ClusterStore store, ResourceType type) => change =>
    {
        var owners = new[] { change.Now.Facts.Controller, change.Before?.Facts.Controller };
        return store.Facts(type, change.Now.Facts.Namespace).Where(facts => owners.Contains(facts.Uid, StringComparer.Ordinal)).Select(ObjectKey.Of);
    };
}
