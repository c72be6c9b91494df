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
    DateTimeOffset? Created,
    bool HasOwners,
    IReadOnlyDictionary<string, int> Ports)
{
    private static readonly Dictionary<string, int> NoPorts = [];
    private static readonly Dictionary<string, string> NoLabels = [];
    private static readonly StringPool Words = new();


    /// <summary>Whether the pod still counts for its controller.</summary>
    public bool IsActive => !IsDeleting && Phase is not ("Succeeded" or "Failed");

    public bool IsAvailable(int minReadySeconds, DateTimeOffset now) =>
        IsReady && (minReadySeconds == 0 || (ReadySince is { } since && now - since >= TimeSpan.FromSeconds(minReadySeconds)));

    public static ObjectFacts Of(JsonObject item)
    {
        var ready = item.Items("status", "conditions").FirstOrDefault(condition => condition.Text("type") == "Ready");
        return new ObjectFacts(
            Shared(item.Namespace())!,
            item.Name(),
            item.Uid(),
            SharedLabels(item),
            Shared(Dependents.Controller(item)),
            item.IsDeleting(),
            Shared(item.Text("spec", "nodeName")),
            Shared(item.Text("status", "phase")),
            item.Text("status", "podIP"),
            ready.Text("status") == "True",
            ready.Time("lastTransitionTime"),
            item.Time("metadata", "creationTimestamp"),
            item.Items("metadata", "ownerReferences").Any(),
            NamedPorts(item));
    }

    /// <summary>Thousands of pods say the same few words: each is kept once.</summary>
    private static string? Shared(string? word) => word is null ? null : Words.Share(word);

    private static Dictionary<string, string> SharedLabels(JsonObject item)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in item.At("metadata", "labels") as JsonObject ?? [])
        {
            labels[Shared(name)!] = Shared(value.Text()) ?? "";
        }

        return labels.Count == 0 ? NoLabels : labels;
    }

    /// <summary>Numbers of the container ports that have a name.</summary>
    private static Dictionary<string, int> NamedPorts(JsonObject item)
    {
        Dictionary<string, int>? ports = null;
        foreach (var port in item.Items("spec", "containers").SelectMany(container => container.Items("ports")))
        {
            if (port.Text("name") is { } name && port.Number("containerPort") is { } number)
            {
                (ports ??= new Dictionary<string, int>(StringComparer.Ordinal)).TryAdd(Shared(name)!, number);
            }
        }

        return ports ?? NoPorts;
    }
}
