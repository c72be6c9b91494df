using System.Text.Json.Nodes;

namespace GameDay.Sandbox.Store;

/// <summary>Writes the events that <c>kubectl describe</c> and <c>kubectl get events</c> show. The same again counts up.</summary>
public sealed class EventRecorder(ClusterStore store, string component, string? host = null)
{
    private const int Remembered = 1000;
    private readonly Lock gate = new();
    private readonly Dictionary<(string Uid, string Reason, string Message), (string Namespace, string Name)> recent = [];

    /// <param name="about">The object the event is about; needs kind and metadata.</param>
    /// <param name="type"><c>Normal</c> or <c>Warning</c>.</param>
    public void Record(JsonObject about, string type, string reason, string message)
    {
        var key = (about.Uid(), reason, message);
        lock (gate)
        {
            if (recent.TryGetValue(key, out var known)
                && store.TryMutate(ResourceTypes.Events, known.Namespace, known.Name, CountUp) is not null)
            {
                return;
            }

            if (recent.Count >= Remembered)
            {
                recent.Clear();
            }

            var created = store.Create(ResourceTypes.Events, Event(about, type, reason, message));
            recent[key] = (created.Namespace(), created.Name());
        }
    }

    private void CountUp(JsonObject item)
    {
        item["count"] = (item.Number("count") ?? 1) + 1;
        item["lastTimestamp"] = store.Clock.GetUtcNow().ToKubernetesTime();
    }

    private JsonObject Event(JsonObject about, string type, string reason, string message)
    {
        var now = store.Clock.GetUtcNow();
        var source = new JsonObject { ["component"] = component };
        source.Put("host", host);
        return new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["name"] = $"{about.Name()}.{now.Ticks:x}{NameSuffix.Next()}",
                ["namespace"] = about.Namespace() is { Length: > 0 } own ? own : "default",
            },
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
        };
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
