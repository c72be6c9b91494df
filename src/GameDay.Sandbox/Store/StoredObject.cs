using System.Text.Json.Nodes;

namespace GameDay.Sandbox.Store;

/// <summary>An immutable version of an object, kept as JSON bytes: small, safe to share, cheap to send.</summary>
internal sealed record StoredObject(ResourceType Resource, string Key, ObjectFacts Facts, long Version, byte[] Json)
{
    public string Uid => Facts.Uid;

    public JsonObject Parse() => JsonNode.Parse(Json)!.AsObject();

    public static string KeyOf(string? ns, string name) => $"{ns}/{name}";

    public static StoredObject From(ResourceType resource, JsonObject item, long version)
    {
        item.Ensure("metadata")["resourceVersion"] = version.ToString();
        var key = KeyOf(resource.Namespaced ? item.Namespace() : null, item.Name());
        return new StoredObject(resource, key, ObjectFacts.Of(item), version, item.ToUtf8());
    }
}
