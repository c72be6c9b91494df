using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Verbs;

/// <summary>Which part of an object a request may touch.</summary>
internal static class Contents
{
    public static void Replace(JsonObject target, JsonObject source)
    {
        target.Clear();
        foreach (var (key, value) in source)
        {
            target[key] = value?.DeepClone();
        }
    }

    /// <summary>The main resource leaves status alone, a subresource everything but its own part.</summary>
    public static void Restrict(string? subresource, JsonObject old, JsonObject item)
    {
        switch (subresource)
        {
            case null:
                item.Put("status", old["status"]?.DeepClone());
                break;
            case "status":
                Keep(old, item, "status");
                break;
            case "ephemeralcontainers":
                var added = item.At("spec", "ephemeralContainers")?.DeepClone();
                Replace(item, old);
                item.Ensure("spec").Put("ephemeralContainers", added);
                break;
        }
    }

    private static void Keep(JsonObject old, JsonObject item, string part)
    {
        var kept = item[part]?.DeepClone();
        Replace(item, old);
        item.Put(part, kept);
    }
}
