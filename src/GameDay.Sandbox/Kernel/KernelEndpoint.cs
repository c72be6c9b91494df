using System.Text.Json.Nodes;
using GameDay.Sandbox.Kubelet;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Kernel;

/// <summary>
/// Shows the pods' kernels to a judge that does not trust the product, with the admin token: <c>GET /_sandbox/kernel/NAMESPACE/POD</c>
/// for one, <c>GET /_sandbox/kernels</c> for all that ever were opened and still run, those of pods deleted by force included.
/// </summary>
public static class KernelEndpoint
{
    public static void MapPodKernels(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/_sandbox/kernel/{ns}/{pod}", Describe);
        routes.MapGet("/_sandbox/kernels", DescribeAll);
    }

    private static IResult Describe(string ns, string pod, ClusterStore store, PodKernels kernels, Workloads workloads) =>
        store.Find(ResourceTypes.Pods, ns, pod) is { } found
            ? Results.Text(State(found.Uid(), kernels, workloads).ToJsonString(), "application/json")
            : Results.NotFound();

    private static IResult DescribeAll(ClusterStore store, PodKernels kernels, Workloads workloads) =>
        Results.Text(new JsonArray([.. kernels.Opened.Select(uid => Entry(uid, store, kernels, workloads))]).ToJsonString(), "application/json");

    private static JsonObject State(string uid, PodKernels kernels, Workloads workloads)
    {
        var described = kernels.Describe(uid);
        described["processes"] = new JsonArray([.. (workloads.Kubelets.Worker(uid)?.Shop ?? []).SelectMany(Processes)]);
        return described;
    }

    private static IEnumerable<JsonNode> Processes(ShopContainer container) => container.Processes.Select(process => new JsonObject
    {
        ["container"] = container.Name, ["pid"] = process.Pid, ["state"] = process.State, ["heldBy"] = process.HeldBy,
    });

    private static JsonObject Entry(string uid, ClusterStore store, PodKernels kernels, Workloads workloads)
    {
        var described = State(uid, kernels, workloads);
        described["uid"] = uid;
        if (workloads.Kubelets.Worker(uid)?.Pod is { } pod)
        {
            described["namespace"] = pod.Namespace;
            described["name"] = pod.Name;
            described["node"] = pod.Node;
            described["inStore"] = store.Find(ResourceTypes.Pods, pod.Namespace, pod.Name)?.Uid() == uid;
        }

        return described;
    }
}
