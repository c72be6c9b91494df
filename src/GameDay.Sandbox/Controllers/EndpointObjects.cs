using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Controllers;

/// <summary>A pod behind a service.</summary>
internal sealed record EndpointPod(ObjectFacts Facts)
{
    /// <summary>The container port a service port leads to: a number, or the name of one the pod declares.</summary>
    public int? PortFor(JsonObject servicePort)
    {
        var target = servicePort["targetPort"];
        return target.Number() ?? (Facts.Ports.TryGetValue(target.Text() ?? "", out var number) ? number : null);
    }
}

/// <summary>Builds Endpoints and EndpointSlices.</summary>
internal static class EndpointObjects
{
    private const int PerSlice = 1000;

    public static JsonObject Endpoints(JsonObject service, IReadOnlyList<EndpointPod> pods) => new()
    {
        ["metadata"] = new JsonObject
        {
            ["name"] = service.Name(),
            ["namespace"] = service.Namespace(),
            ["labels"] = service.At("metadata", "labels")?.DeepClone(),
        },
        ["subsets"] = new JsonArray([.. pods.Where(pod => !pod.Facts.IsDeleting).Take(PerSlice).GroupBy(pod => Ports(service, pod).ToJsonString()).Select(group => Subset(service, [.. group]))]),
    };

    public static IEnumerable<JsonObject> Slices(JsonObject service, IReadOnlyList<EndpointPod> pods)
    {
        var groups = pods.GroupBy(pod => Ports(service, pod).ToJsonString()).SelectMany(group => group.Chunk(PerSlice)).DefaultIfEmpty([]);
        return groups.Select((chunk, index) => Slice(service, chunk, index));
    }

    private static JsonArray Ports(JsonObject service, EndpointPod pod)
    {
        var ports = new JsonArray();
        foreach (var port in service.Items("spec", "ports"))
        {
            if (pod.PortFor(port) is { } number)
            {
                ports.Add((JsonNode)new JsonObject
                {
                    ["name"] = port.Text("name") ?? "",
                    ["port"] = number,
                    ["protocol"] = port.Text("protocol") ?? "TCP",
                });
            }
        }

        return ports;
    }

    private static JsonNode Subset(JsonObject service, List<EndpointPod> pods)
    {
        var subset = new JsonObject();
        subset.Put("addresses", Addresses(pods.Where(pod => pod.Facts.IsReady)));
        subset.Put("notReadyAddresses", Addresses(pods.Where(pod => !pod.Facts.IsReady)));
        subset["ports"] = Ports(service, pods[0]);
        return subset;
    }

    private static JsonArray? Addresses(IEnumerable<EndpointPod> pods)
    {
        var list = pods.Select(pod => (JsonNode)new JsonObject
        {
            ["ip"] = pod.Facts.Address,
            ["nodeName"] = pod.Facts.Node,
            ["targetRef"] = Reference(pod.Facts),
        }).ToArray();
        return list.Length == 0 ? null : new JsonArray(list);
    }

    private static JsonObject Slice(JsonObject service, EndpointPod[] pods, int index) => new()
    {
        ["metadata"] = new JsonObject
        {
            ["name"] = $"{service.Name()}-{service.Uid()[..5]}{(index == 0 ? "" : $"-{index}")}",
            ["namespace"] = service.Namespace(),
            ["labels"] = new JsonObject
            {
                ["kubernetes.io/service-name"] = service.Name(),
                ["endpointslice.kubernetes.io/managed-by"] = "endpointslice-controller.k8s.io",
            },
            ["ownerReferences"] = new JsonArray(Dependents.ReferenceTo(service)),
        },
        ["addressType"] = "IPv4",
        ["endpoints"] = new JsonArray([.. pods.Select(Endpoint)]),
        ["ports"] = pods.Length == 0 ? null : Ports(service, pods[0]),
    };

    private static JsonNode Endpoint(EndpointPod pod) => new JsonObject
    {
        ["addresses"] = new JsonArray(pod.Facts.Address!),
        ["conditions"] = new JsonObject
        {
            ["ready"] = pod.Facts.IsReady && !pod.Facts.IsDeleting,
            ["serving"] = pod.Facts.IsReady,
            ["terminating"] = pod.Facts.IsDeleting,
        },
        ["nodeName"] = pod.Facts.Node,
        ["targetRef"] = Reference(pod.Facts),
    };

    private static JsonObject Reference(ObjectFacts pod) =>
        new() { ["kind"] = "Pod", ["namespace"] = pod.Namespace, ["name"] = pod.Name, ["uid"] = pod.Uid };
}
