using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Kernel;

/// <summary>Shows a pod's kernel to a judge that does not trust the product: <c>GET /_sandbox/kernel/NAMESPACE/POD</c>, with the admin token.</summary>
public static class KernelEndpoint
{
    public static void MapPodKernels(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/_sandbox/kernel/{ns}/{pod}", Describe);

    private static IResult Describe(string ns, string pod, ClusterStore store, PodKernels kernels) =>
        store.Find(ResourceTypes.Pods, ns, pod) is { } found
            ? Results.Text(kernels.Describe(found.Uid()).ToJsonString(), "application/json")
            : Results.NotFound();
}
