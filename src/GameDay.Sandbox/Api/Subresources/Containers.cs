using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Subresources;

/// <summary>Which container an exec or a log is about.</summary>
internal static class Containers
{
    public static string Choose(JsonObject pod, string? wanted)
    {
        var all = new[] { "containers", "initContainers", "ephemeralContainers" }.SelectMany(list => pod.Items("spec", list)).Select(c => c.Text("name")!).ToList();
        var main = pod.Items("spec", "containers").Select(c => c.Text("name")!).ToList();
        if (wanted is null)
        {
            return main is [var only]
                ? only
                : throw ApiException.BadRequest($"a container name must be specified for pod {pod.Name()}, choose one of: [{string.Join(' ', main)}]");
        }

        return all.Contains(wanted, StringComparer.Ordinal)
            ? wanted
            : throw ApiException.BadRequest($"container {wanted} is not valid for pod {pod.Name()}");
    }

    /// <summary>The runtime, or the refusal of a pod that is on no node yet.</summary>
    public static void DemandNode(JsonObject pod)
    {
        if (pod.Text("spec", "nodeName") is not { Length: > 0 })
        {
            throw ApiException.BadRequest($"pod {pod.Name()} does not have a host assigned");
        }
    }
}
