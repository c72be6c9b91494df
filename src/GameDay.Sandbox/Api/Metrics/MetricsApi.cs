using System.Text.Json.Nodes;
using GameDay.Sandbox.Api.Selectors;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Metrics;

/// <summary><c>metrics.k8s.io/v1beta1</c>, which <c>kubectl top</c> asks: what nodes and pods use.</summary>
internal sealed class MetricsApi(ClusterStore store, IUsageMeter? meter = null)
{
    public const string Group = "metrics.k8s.io";
    private const string ApiVersion = "metrics.k8s.io/v1beta1";

    public async Task HandleAsync(HttpContext http, ApiPath path)
    {
        if (http.Request.Method != "GET" || path.Subresource is not null)
        {
            throw ApiException.MethodNotAllowed();
        }

        var reading = meter?.Read() ?? throw new ApiException(503, "ServiceUnavailable", "the server is currently unable to handle the request");
        var call = new ApiCall(http, path.Plural == "nodes" ? ResourceTypes.Nodes : ResourceTypes.Pods, path);
        Func<JsonObject, JsonObject> measured = path.Plural == "nodes" ? node => OfNode(node, reading) : pod => OfPod(pod, reading);
        var answer = path.Name is { } name ? measured(store.Get(call.Type, call.Namespace, name)) : List(call, measured);
        await Answer.JsonAsync(http, answer);
    }

    private JsonObject List(ApiCall call, Func<JsonObject, JsonObject> measured)
    {
        var filter = ObjectFilter.Of(call);
        var (_, items) = store.Snapshot(call.Type, call.Namespace);
        var chosen = items.Where(filter.Matches).Where(item => call.Type == ResourceTypes.Nodes || item.Facts.Phase == "Running").Select(item => measured(item.Parse()));
        return new JsonObject
        {
            ["kind"] = call.Type.Kind + "MetricsList",
            ["apiVersion"] = ApiVersion,
            ["metadata"] = new JsonObject(),
            ["items"] = new JsonArray([.. chosen]),
        };
    }

    private static JsonObject OfPod(JsonObject pod, UsageReading reading)
    {
        var used = reading.Pods[pod.Uid()].ToDictionary(one => one.Name, StringComparer.Ordinal);
        var names = pod.Items("spec", "containers").Select(container => container.Text("name")!).Union(used.Keys, StringComparer.Ordinal);
        var answer = Start(pod, "PodMetrics", reading);
        answer["containers"] = new JsonArray([.. names.Select(name => Container(name, used.GetValueOrDefault(name)))]);
        return answer;
    }

    private JsonObject OfNode(JsonObject node, UsageReading reading)
    {
        var used = store.Facts(ResourceTypes.Pods).Where(pod => pod.Node == node.Name()).SelectMany(pod => reading.Pods[pod.Uid]).ToList();
        var answer = Start(node, "NodeMetrics", reading);
        answer["usage"] = Usage(used.Sum(one => one.Cores), used.Sum(one => one.Bytes));
        return answer;
    }

    private static JsonObject Start(JsonObject item, string kind, UsageReading reading)
    {
        var metadata = new JsonObject { ["name"] = item.Name() };
        metadata.Put("namespace", item.Namespace() is { Length: > 0 } ns ? ns : null);
        metadata["creationTimestamp"] = reading.At.ToKubernetesTime();
        metadata.Put("labels", item.At("metadata", "labels")?.DeepClone());
        return new JsonObject
        {
            ["kind"] = kind,
            ["apiVersion"] = ApiVersion,
            ["metadata"] = metadata,
            ["timestamp"] = reading.At.ToKubernetesTime(),
            ["window"] = $"{reading.Window.TotalSeconds:0.###}s",
        };
    }

    private static JsonNode Container(string name, ContainerUsage? used) => new JsonObject { ["name"] = name, ["usage"] = Usage(used?.Cores ?? 0, used?.Bytes ?? 0) };

    private static JsonObject Usage(double cores, long bytes) => new() { ["cpu"] = $"{(long)(cores * 1e9)}n", ["memory"] = $"{bytes / 1024}Ki" };
}
