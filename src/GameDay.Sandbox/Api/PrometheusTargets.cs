using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api;

/// <summary>
/// <c>GET /sandbox/prometheus/{pod|endpoints|node}</c>: what Prometheus' <c>kubernetes_sd_configs</c> would find, with the same labels, as its
/// <c>http_sd_configs</c> reads it: for builds that left Kubernetes out, as Debian's does.
/// </summary>
internal static partial class PrometheusTargets
{
    private const string Prefix = "__meta_kubernetes_";

    public static void MapPrometheusTargets(this IEndpointRouteBuilder routes) => routes.MapGet("/sandbox/prometheus/{role}", (RequestDelegate)AnswerAsync);

    private static Task AnswerAsync(HttpContext http)
    {
        var store = http.RequestServices.GetRequiredService<ClusterStore>();
        var groups = http.Request.RouteValues["role"]?.ToString() switch
        {
            "pod" => store.List(ResourceTypes.Pods).SelectMany(Pod),
            "endpoints" => store.List(ResourceTypes.Endpoints).SelectMany(e => Endpoints(e, store.Find(ResourceTypes.Services, e.Namespace(), e.Name()))),
            "node" => store.List(ResourceTypes.Nodes).Select(Node),
            _ => throw ApiException.NoSuchPath(),
        };
        return http.Response.WriteAsJsonAsync(new JsonArray([.. groups]), http.RequestAborted);
    }

    private static IEnumerable<JsonObject> Pod(JsonObject pod)
    {
        if (pod.Text("status", "podIP") is not { } address)
        {
            yield break;
        }

        foreach (var port in pod.Items("spec", "containers").SelectMany(container => container.Items("ports")))
        {
            var labels = Meta(pod, "pod");
            labels[Prefix + "namespace"] = pod.Namespace();
            labels[Prefix + "pod_ip"] = address;
            labels[Prefix + "pod_phase"] = pod.Text("status", "phase");
            labels[Prefix + "pod_node_name"] = pod.Text("spec", "nodeName");
            labels[Prefix + "pod_container_port_name"] = port.Text("name") ?? "";
            yield return Group($"{address}:{port.Text("containerPort")}", labels);
        }
    }

    private static IEnumerable<JsonObject> Endpoints(JsonObject endpoints, JsonObject? service)
    {
        foreach (var subset in endpoints.Items("subsets"))
        {
            foreach (var (address, port) in subset.Items("addresses").SelectMany(address => subset.Items("ports").Select(port => (address, port))))
            {
                var labels = service is null ? [] : Meta(service, "service");
                labels[Prefix + "namespace"] = endpoints.Namespace();
                labels[Prefix + "endpoints_name"] = endpoints.Name();
                labels[Prefix + "endpoint_port_name"] = port.Text("name") ?? "";
                yield return Group($"{address.Text("ip")}:{port.Text("port")}", labels);
            }
        }
    }

    private static JsonObject Node(JsonObject node)
    {
        var address = node.Items("status", "addresses").FirstOrDefault(a => a.Text("type") == "InternalIP").Text("address") ?? node.Name();
        return Group($"{address}:10250", Meta(node, "node"));
    }

    private static JsonObject Meta(JsonObject item, string kind)
    {
        var meta = new JsonObject { [$"{Prefix}{kind}_name"] = item.Name() };
        foreach (var (key, value) in item.Labels())
        {
            meta[$"{Prefix}{kind}_label_{NotInNames().Replace(key, "_")}"] = value;
        }

        foreach (var (key, value) in item.At("metadata", "annotations") as JsonObject ?? [])
        {
            meta[$"{Prefix}{kind}_annotation_{NotInNames().Replace(key, "_")}"] = value?.ToString();
        }

        return meta;
    }

    private static JsonObject Group(string target, JsonObject labels) => new() { ["targets"] = new JsonArray(target), ["labels"] = labels };

    [GeneratedRegex("[^a-zA-Z0-9_]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NotInNames();
}
