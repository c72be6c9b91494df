using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Rules;

/// <summary>Keeps <c>metadata.managedFields</c>: who last wrote which field. Lists count as one field.</summary>
internal static class ManagedFields
{
    private static readonly HashSet<string> NotOwned = new(StringComparer.Ordinal)
    {
        "apiVersion", "kind", "managedFields", "name", "namespace", "uid", "resourceVersion", "generation", "creationTimestamp", "selfLink",
    };

    public static void Record(JsonObject? old, JsonObject item, string manager, string operation, string? subresource, DateTimeOffset now)
    {
        var changed = Changed(old, item);
        if (changed.Count == 0)
        {
            return;
        }

        var entries = item.Ensure("metadata").EnsureList("managedFields");
        foreach (var other in entries.OfType<JsonObject>())
        {
            if (other["fieldsV1"] is JsonObject fields)
            {
                TakeAway(fields, changed);
            }
        }

        var entry = entries.OfType<JsonObject>().FirstOrDefault(e =>
            e.Text("manager") == manager && e.Text("operation") == operation && (e.Text("subresource") ?? "") == (subresource ?? ""));
        if (entry is null)
        {
            entry = new JsonObject { ["manager"] = manager, ["operation"] = operation };
            entries.Add(entry);
        }

        entry["apiVersion"] = item.Text("apiVersion");
        entry["time"] = now.ToKubernetesTime();
        entry["fieldsType"] = "FieldsV1";
        Merge(entry.Ensure("fieldsV1"), changed);
        entry.Put("subresource", subresource);
        foreach (var empty in entries.OfType<JsonObject>().Where(e => e["fieldsV1"] is JsonObject { Count: 0 }).ToList())
        {
            entries.Remove(empty);
        }
    }

    private static JsonObject Changed(JsonObject? old, JsonObject item)
    {
        var fields = new JsonObject();
        foreach (var (key, value) in item.Where(pair => !NotOwned.Contains(pair.Key)))
        {
            var before = old?[key];
            if (value is JsonObject { Count: > 0 } inner)
            {
                if (Changed(before as JsonObject, inner) is { Count: > 0 } below)
                {
                    fields["f:" + key] = below;
                }
            }
            else if (old is null || !old.ContainsKey(key) || !JsonNode.DeepEquals(before, value))
            {
                fields["f:" + key] = new JsonObject();
            }
        }

        return fields;
    }

    private static void TakeAway(JsonObject fields, JsonObject taken)
    {
        foreach (var (key, value) in taken)
        {
            if (fields[key] is not JsonObject owned)
            {
                continue;
            }

            TakeAway(owned, value!.AsObject());
            if (owned.Count == 0)
            {
                fields.Remove(key);
            }
        }
    }

    private static void Merge(JsonObject target, JsonObject more)
    {
        foreach (var (key, value) in more)
        {
            Merge(target.Ensure(key), value!.AsObject());
        }
    }
}
