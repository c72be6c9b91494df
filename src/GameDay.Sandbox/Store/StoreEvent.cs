using System.Text.Json.Nodes;

namespace GameDay.Sandbox.Store;

/// <summary>One change as a watcher sees it. The object is the receiver's own copy.</summary>
/// <param name="Type"><c>ADDED</c>, <c>MODIFIED</c> or <c>DELETED</c>.</param>
public sealed record StoreEvent(string Type, ResourceType Resource, JsonObject Object)
{
    public const string Added = "ADDED";
    public const string Modified = "MODIFIED";
    public const string Deleted = "DELETED";
}

/// <summary>A change inside the store: what the object is now and what it was before.</summary>
internal sealed record Change(string Type, StoredObject Now, StoredObject? Before)
{
    /// <summary>When, as a timestamp of the store's clock.</summary>
    public long At { get; init; }

    public StoreEvent ToEvent() => new(Type, Now.Resource, Now.Parse());
}
