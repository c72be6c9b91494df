using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Patching;

/// <summary>
/// Server-side apply: what the manager no longer names goes away unless somebody else owns it too, and what somebody else
/// owns is changed only by force. Lists count as one field, as in managedFields here.
/// </summary>
internal static class ServerSideApply
{
    public static void Apply(JsonObject item, JsonObject applied, string manager, bool force)
    {
        if (!force)
        {
            RefuseConflicts(item, applied, manager);
        }

        if (Entries(item).FirstOrDefault(entry => IsApplied(entry, manager))?["fieldsV1"] is JsonObject before)
        {
            Drop(item, before, applied, [.. Entries(item).Where(entry => !IsApplied(entry, manager)).Select(entry => entry["fieldsV1"])]);
        }

        StrategicMerge.Apply(item, applied);
    }

    private static void RefuseConflicts(JsonObject item, JsonObject applied, string manager)
    {
        var conflicts = Entries(item).Where(entry => !IsApplied(entry, manager))
            .SelectMany(entry => Conflicts(item, applied, entry["fieldsV1"], "").Select(field => (Words: Words(entry), field))).ToList();
        if (conflicts.Count == 0)
        {
            return;
        }

        var causes = conflicts.Select(one => (JsonNode)new JsonObject { ["reason"] = "FieldManagerConflict", ["message"] = one.Words, ["field"] = one.field });
        var plural = conflicts.Count == 1 ? "1 conflict" : $"{conflicts.Count} conflicts";
        var said = conflicts.Count == 1
            ? $" {conflicts[0].Words}: {conflicts[0].field}"
            : string.Concat(conflicts.GroupBy(one => one.Words).Select(group => $" {Plural(group.Key)}:\n{string.Join('\n', group.Select(one => $"- {one.field}"))}"));
        throw new ApiException(409, "Conflict", $"Apply failed with {plural}:{said}", new JsonObject { ["causes"] = new JsonArray([.. causes]) });
    }

    private static string Words(JsonObject entry) => entry.Text("operation") == "Update"
        ? $"conflict with \"{entry.Text("manager")}\"{Subresource(entry)} using {entry.Text("apiVersion")}"
        : $"conflict with \"{entry.Text("manager")}\"{Subresource(entry)}";

    private static string Subresource(JsonObject entry) => entry.Text("subresource") is { } name ? $" with subresource \"{name}\"" : "";

    private static string Plural(string words) => words.Replace("conflict with", "conflicts with", StringComparison.Ordinal);

    private static IEnumerable<string> Conflicts(JsonObject item, JsonObject applied, JsonNode? owned, string path)
    {
        foreach (var (key, value) in applied)
        {
            if (owned?["f:" + key] is not JsonObject fields)
            {
                continue;
            }

            if (value is JsonObject inner && item[key] is JsonObject there && fields.Count > 0)
            {
                foreach (var below in Conflicts(there, inner, fields, $"{path}.{key}"))
                {
                    yield return below;
                }
            }
            else if (!Holds(item[key], value, key, path))
            {
                yield return $"{path}.{key}";
            }
        }
    }

    /// <summary>Whether applying would change nothing that is there: what it adds, defaults and other people's list items beside ours are no difference.</summary>
    private static bool Holds(JsonNode? there, JsonNode? wanted, string key, string parent) => (there, wanted) switch
    {
        (null, _) => true,
        (JsonObject old, JsonObject fields) => fields.All(field => Holds(old[field.Key], field.Value, field.Key, key)),
        (JsonArray old, JsonArray items) when MergeKeys.Of(key, parent) is { } mergeKey =>
            items.All(item => Holds(old.FirstOrDefault(one => one.Text(mergeKey) == item.Text(mergeKey)), item, key, parent)),
        _ => JsonNode.DeepEquals(there, wanted),
    };

    private static void Drop(JsonObject item, JsonObject before, JsonObject applied, IReadOnlyList<JsonNode?> others)
    {
        foreach (var (name, fields) in before)
        {
            var key = name[2..];
            var theirs = others.Select(other => other?[name]).OfType<JsonObject>().ToList();
            if (fields is JsonObject { Count: > 0 } below && item[key] is JsonObject inner)
            {
                Drop(inner, below, applied[key] as JsonObject ?? [], theirs);
                if (inner.Count == 0 && !applied.ContainsKey(key))
                {
                    item.Remove(key);
                }
            }
            else if (!applied.ContainsKey(key) && theirs.Count == 0)
            {
                item.Remove(key);
            }
        }
    }

    private static bool IsApplied(JsonObject entry, string manager) => entry.Text("manager") == manager && entry.Text("operation") == "Apply";

    private static IEnumerable<JsonObject> Entries(JsonObject item) => item.Items("metadata", "managedFields");
}
