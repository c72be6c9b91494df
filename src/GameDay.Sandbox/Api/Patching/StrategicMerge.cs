using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Patching;

/// <summary>Strategic merge: as a merge patch, but known lists merge element by element and <c>$</c>-directives steer.</summary>
internal static class StrategicMerge
{
    public static void Apply(JsonObject target, JsonObject patch, string field = "")
    {
        if (patch.Text("$patch") == "replace")
        {
            target.Clear();
        }

        Retain(target, patch);
        foreach (var (key, value) in patch)
        {
            if (key.StartsWith('$'))
            {
                Directive(target, key, value);
            }
            else if (value is null || value.Text("$patch") == "delete")
            {
                target.Remove(key);
            }
            else
            {
                Set(target, key, value, field);
            }
        }
    }

    private static void Set(JsonObject target, string key, JsonNode value, string field)
    {
        if (value is JsonObject inner)
        {
            Apply(target.Ensure(key), inner, key);
        }
        else if (value is JsonArray list && MergeKeys.Of(key, field) is { } mergeKey && list.All(item => item is JsonObject))
        {
            MergeList(target, key, list, mergeKey);
        }
        else if (value is JsonArray more && MergeKeys.IsSet(key) && target[key] is JsonArray existing)
        {
            foreach (var item in more.Where(item => !existing.Any(old => JsonNode.DeepEquals(old, item))).ToList())
            {
                existing.Add(item?.DeepClone());
            }
        }
        else
        {
            target[key] = value.DeepClone();
        }
    }

    private static void MergeList(JsonObject target, string key, JsonArray patch, string mergeKey)
    {
        var list = target.EnsureList(key);
        if (patch.OfType<JsonObject>().Any(item => item.Text("$patch") == "replace" && item.Count == 1))
        {
            list.Clear();
        }

        foreach (var item in patch.OfType<JsonObject>())
        {
            var existing = list.OfType<JsonObject>().FirstOrDefault(old => old.Text(mergeKey) == item.Text(mergeKey));
            switch (item.Text("$patch"))
            {
                case "delete":
                    list.Remove(existing);
                    break;
                case "replace" when item.Count == 1:
                    break;
                default:
                    if (existing is null)
                    {
                        existing = [];
                        list.Add(existing);
                    }

                    Apply(existing, item, key);
                    break;
            }
        }
    }

    private static void Directive(JsonObject target, string key, JsonNode? value)
    {
        const string Delete = "$deleteFromPrimitiveList/";
        const string Order = "$setElementOrder/";
        if (key.StartsWith(Delete, StringComparison.Ordinal) && target[key[Delete.Length..]] is JsonArray list)
        {
            foreach (var gone in (value as JsonArray ?? []).SelectMany(item => list.Where(old => JsonNode.DeepEquals(old, item)).ToList()).ToList())
            {
                list.Remove(gone);
            }
        }
        else if (key.StartsWith(Order, StringComparison.Ordinal) && target[key[Order.Length..]] is JsonArray unordered && value is JsonArray order)
        {
            ElementOrder.Arrange(unordered, order);
        }
    }

    private static void Retain(JsonObject target, JsonObject patch)
    {
        if (patch["$retainKeys"] is JsonArray)
        {
            var kept = patch.Texts("$retainKeys");
            foreach (var key in target.Select(pair => pair.Key).Where(key => !kept.Contains(key, StringComparer.Ordinal)).ToList())
            {
                target.Remove(key);
            }
        }
    }
}
