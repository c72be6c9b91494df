using System.Text.Json.Nodes;

namespace GameDay.Sandbox.Store;

/// <summary>Writes the events that <c>kubectl describe</c> and <c>kubectl get events</c> show.</summary>
public sealed class EventRecorder(ClusterStore store, string component, string? host = null)
{
    /// <param name="about">The object the event is about; needs kind and metadata.</param>
    /// <param name="type"><c>Normal</c> or <c>Warning</c>.</param>
    public void Record(JsonObject about, string type, string reason, string message)
    {
        var now = store.Clock.GetUtcNow();
        var ns = about.Namespace() is { Length: > 0 } own ? own : "default";
        var source = new JsonObject { ["component"] = component };
        source.Put("host", host);
        store.Create(ResourceTypes.Events, new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = $"{about.Name()}.{now.Ticks:x}{NameSuffix.Next()}", ["namespace"] = ns },
            ["involvedObject"] = Reference(about),
            ["type"] = type,
            ["reason"] = reason,
            ["message"] = message,
            ["source"] = source,
            ["reportingComponent"] = component,
            ["reportingInstance"] = host ?? "",
            ["firstTimestamp"] = now.ToKubernetesTime(),
            ["lastTimestamp"] = now.ToKubernetesTime(),
            ["count"] = 1,
        });
    }

    private static JsonObject Reference(JsonObject about)
    {
        var reference = new JsonObject { ["kind"] = about.Text("kind") ?? "" };
        if (about.Namespace() is { Length: > 0 } ns)
        {
            reference["namespace"] = ns;
        }

        reference["name"] = about.Name();
        reference["uid"] = about.Uid();
        reference["apiVersion"] = about.Text("apiVersion") ?? "v1";
        reference["resourceVersion"] = about.ResourceVersion();
        return reference;
    }
}
