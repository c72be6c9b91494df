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
        foreach (var fields in item.Items("metadata", "managedFields").Select(other => other["fieldsV1"]).OfType<JsonObject>())
        {
            TakeAway(fields, changed);
            Forget(fields, item);
        }

        if (changed.Count > 0)
        {
            Merge(Entry(item, manager, operation, subresource, now).Ensure("fieldsV1"), changed);
        }

        foreach (var empty in item.Items("metadata", "managedFields").Where(e => e["fieldsV1"] is JsonObject { Count: 0 }).ToList())
        {
            ((JsonArray)item["metadata"]!["managedFields"]!).Remove(empty);
        }
    }

    /// <summary>After an apply the manager owns exactly what it named, whoever else does too.</summary>
    public static void RecordApplied(JsonObject item, JsonObject applied, string manager, DateTimeOffset now)
    {
        var entry = item.Items("metadata", "managedFields").FirstOrDefault(e => Is(e, manager, "Apply", null)) ?? Entry(item, manager, "Apply", null, now);
        entry["fieldsV1"] = Changed(null, applied);
    }

    private static bool Is(JsonObject entry, string manager, string operation, string? subresource) =>
        entry.Text("manager") == manager && entry.Text("operation") == operation && (entry.Text("subresource") ?? "") == (subresource ?? "");

    private static JsonObject Entry(JsonObject item, string manager, string operation, string? subresource, DateTimeOffset now)
    {
        var entries = item.Ensure("metadata").EnsureList("managedFields");
        var entry = entries.OfType<JsonObject>().FirstOrDefault(e => Is(e, manager, operation, subresource));
        if (entry is null)
        {
            entry = new JsonObject { ["manager"] = manager, ["operation"] = operation };
            entries.Add(entry);
        }

        entry["apiVersion"] = item.Text("apiVersion");
        entry["time"] = now.ToKubernetesTime();
        entry["fieldsType"] = "FieldsV1";
        entry.Put("subresource", subresource);
        return entry;
    }

    /// <summary>A field that is gone is nobody's.</summary>
    private static void Forget(JsonObject fields, JsonObject item)
    {
        foreach (var (name, below) in fields.ToList())
        {
            if (below is JsonObject { Count: > 0 } inner && item[name[2..]] is JsonObject there)
            {
                Forget(inner, there);
            }

            if (!item.ContainsKey(name[2..]))
            {
                fields.Remove(name);
            }
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
