using System.Text.Json.Nodes;
using GameDay.Sandbox.Store.Defaults;

namespace GameDay.Sandbox.Store;

/// <summary>What the API gives an object when it is born, and never lets a client change.</summary>
internal static class Births
{
    private static readonly string[] Identity = ["uid", "creationTimestamp", "generateName"];
    private static readonly string[] DeletionFields = ["deletionTimestamp", "deletionGracePeriodSeconds"];

    public static JsonObject Complete(ResourceType type, JsonObject item, DateTimeOffset now)
    {
        item["apiVersion"] = type.ApiVersion;
        item["kind"] = type.Kind;
        var metadata = item.Ensure("metadata");
        NameIt(type, item, metadata);
        metadata["uid"] = Guid.NewGuid().ToString();
        metadata["creationTimestamp"] = now.ToKubernetesTime();
        metadata.Remove("deletionTimestamp");
        metadata.Remove("deletionGracePeriodSeconds");
        metadata.Remove("selfLink");
        if (type.TracksGeneration)
        {
            metadata["generation"] = 1;
        }

        ObjectDefaults.Apply(type, item);

        return item;
    }

    /// <param name="marking">A delete is marking the object: the deletion fields are the new ones.</param>
    public static void KeepIdentity(ResourceType type, JsonObject old, JsonObject item, bool marking)
    {
        item["apiVersion"] = type.ApiVersion;
        item["kind"] = type.Kind;
        var metadata = item.Ensure("metadata");
        foreach (var field in marking ? Identity : [.. Identity, .. DeletionFields])
        {
            metadata.Put(field, old.At("metadata", field)?.DeepClone());
        }

        KeepGeneration(type, old, item, metadata);
    }

    private static void KeepGeneration(ResourceType type, JsonObject old, JsonObject item, JsonObject metadata)
    {
        if (!type.TracksGeneration)
        {
            return;
        }

        var generation = old.Number("metadata", "generation") ?? 1;
        metadata["generation"] = JsonNode.DeepEquals(old["spec"], item["spec"]) ? generation : generation + 1;
    }

    private static void NameIt(ResourceType type, JsonObject item, JsonObject metadata)
    {
        if (item.Name().Length == 0 && item.Text("metadata", "generateName") is { Length: > 0 } prefix)
        {
            metadata["name"] = prefix + NameSuffix.Next();
        }

        if (item.Name().Length == 0)
        {
            throw ApiException.Invalid(type, "", InvalidField.Required("metadata.name", "name or generateName is required"));
        }

        if (!type.Namespaced)
        {
            metadata.Remove("namespace");
        }
        else if (item.Namespace().Length == 0)
        {
            metadata["namespace"] = "default";
        }
    }
}
