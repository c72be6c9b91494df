using System.Text.Json.Nodes;

namespace GameDay.Sandbox.Store;

/// <summary>The conditions in an object's status.</summary>
public static class Conditions
{
    /// <summary>Sets a condition; its transition time moves only when its status does.</summary>
    public static void Set(JsonObject item, string type, string status, DateTimeOffset now, string? reason = null, string? message = null)
    {
        var conditions = item.Ensure("status").EnsureList("conditions");
        var condition = conditions.OfType<JsonObject>().FirstOrDefault(existing => existing.Text("type") == type);
        if (condition is null)
        {
            condition = new JsonObject { ["type"] = type };
            conditions.Add(condition);
        }

        if (condition.Text("status") != status)
        {
            condition["lastTransitionTime"] = now.ToKubernetesTime();
        }

        condition["status"] = status;
        condition.Put("reason", reason);
        condition.Put("message", message);
    }

    public static bool IsTrue(JsonObject item, string type) =>
        item.Items("status", "conditions").Any(condition => condition.Text("type") == type && condition.Text("status") == "True");
}
