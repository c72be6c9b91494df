using System.Text.Json.Nodes;

namespace GameDay.Sandbox.Store;

/// <summary>The few facts that controllers ask of many objects at once, read once per version.</summary>
internal sealed record ObjectFacts(
    string Namespace,
    string Name,
    string Uid,
    IReadOnlyDictionary<string, string> Labels,
    string? Controller,
    bool IsDeleting,
    string? Node,
    string? Phase,
    string? Address,
    bool IsReady,
    DateTimeOffset? ReadySince,
    DateTimeOffset? Created)
{
    /// <summary>Whether the pod still counts for its controller.</summary>
    public bool IsActive => !IsDeleting && Phase is not ("Succeeded" or "Failed");

    public bool IsAvailable(int minReadySeconds, DateTimeOffset now) =>
        IsReady && (minReadySeconds == 0 || (ReadySince is { } since && now - since >= TimeSpan.FromSeconds(minReadySeconds)));

    public static ObjectFacts Of(JsonObject item)
    {
        var ready = item.Items("status", "conditions").FirstOrDefault(condition => condition.Text("type") == "Ready");
        return new ObjectFacts(
            item.Namespace(),
            item.Name(),
            item.Uid(),
            item.Labels(),
            Dependents.Controller(item),
            item.IsDeleting(),
            item.Text("spec", "nodeName"),
            item.Text("status", "phase"),
            item.Text("status", "podIP"),
            ready.Text("status") == "True",
            ready.Time("lastTransitionTime"),
            item.Time("metadata", "creationTimestamp"));
    }
}
