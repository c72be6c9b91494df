using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Controllers;

/// <summary>Brings one kind of object to the state its spec asks for.</summary>
internal interface IController
{
    /// <summary>What to watch, and which keys (namespace/name of the controlled object) each change concerns.</summary>
    IEnumerable<Source> Sources { get; }

    /// <summary>Looks at one object and acts. Returns when to look again without a change, or null.</summary>
    TimeSpan? Reconcile(ObjectKey key);
}

/// <summary>A kind to watch and the keys a change of it concerns.</summary>
internal sealed record Source(ResourceType Type, Func<Change, IEnumerable<ObjectKey>> Keys)
{
    /// <summary>The changed object itself.</summary>
    public static Source Itself(ResourceType type) => new(type, change => [ObjectKey.Of(change.Now.Facts)]);
}

/// <summary>Namespace and name; the namespace is empty for cluster-wide kinds.</summary>
internal readonly record struct ObjectKey(string Namespace, string Name)
{
    public static ObjectKey Of(ObjectFacts facts) => new(facts.Namespace, facts.Name);
}
