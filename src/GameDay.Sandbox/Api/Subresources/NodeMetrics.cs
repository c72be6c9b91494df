using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Subresources;

/// <summary><c>nodes/NAME/proxy/metrics</c>: the little of a kubelet's own metrics that is true here.</summary>
internal sealed class NodeMetrics(ClusterStore store)
{
    public async Task HandleAsync(ApiCall call)
    {
        var node = store.Get(ResourceTypes.Nodes, null, call.Name);
        if (call.Path.Rest.Trim('/') != "metrics")
        {
            throw ApiException.NoSuchPath();
        }

        if (node.Items("status", "conditions").Any(c => c.Text("type") == "Ready" && c.Text("status") == "Unknown"))
        {
            throw new ApiException(503, "ServiceUnavailable", $"error trying to reach service: dial tcp {call.Name}:10250: connect: connection refused");
        }

        call.Http.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        await call.Http.Response.WriteAsync(Text(call.Name, [.. store.List(ResourceTypes.Pods).Where(pod => pod.Text("spec", "nodeName") == call.Name)]), call.Aborted);
    }

    private static string Text(string node, IReadOnlyList<JsonObject> pods)
    {
        var running = pods.Where(pod => pod.Text("status", "phase") == "Running").ToList();
        var text = new StringBuilder();
        Gauge(text, "kubelet_node_name", $"{{node=\"{node}\"}}", 1);
        Gauge(text, "kubelet_running_pods", "", running.Count);
        Gauge(text, "kubelet_running_containers", "{container_state=\"running\"}", running.Sum(pod => pod.Items("status", "containerStatuses").Count(c => c.At("state", "running") is not null)));
        return text.ToString();
    }

    private static void Gauge(StringBuilder text, string name, string labels, int value) =>
        text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} gauge\n{name}{labels} {value}\n");
}
