using System.Text.Json.Nodes;
using GameDay.Sandbox.Shop;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Kubelet;

/// <summary>Pods of images that only exist by name: Running and Ready in the API, with an address and nothing behind it.</summary>
internal static class GhostPods
{
    /// <summary>Whether nothing of this pod needs to run.</summary>
    public static bool IsGhost(JsonObject pod, ImageShelf images) =>
        !HasAgents(pod) && !pod.Items("spec", "containers").Select(c => c.Text("image") ?? "").Any(image => ShopImages.Find(image) is not null || images.Knows(image));

    public static bool HasAgents(JsonObject pod) => pod.At("spec", "ephemeralContainers") is JsonArray { Count: > 0 };

    public static ContainerStatus Running(JsonObject spec, DateTimeOffset at) =>
        ContainerStatus.Of(spec, new ContainerState.Waiting("ContainerCreating")).Running(at) with { Ready = true };

    public static void Start(PodContext pod)
    {
        var now = pod.Clock.GetUtcNow();
        ContainerStatus[] statuses = [.. pod.Born.Items("spec", "containers").Select(spec => Running(spec, now))];
        pod.Services.Store.TryMutate(ResourceTypes.Pods, pod.Namespace, pod.Name, item => PodStatus.Write(item, pod, statuses, []), pod.Uid);
    }
}
