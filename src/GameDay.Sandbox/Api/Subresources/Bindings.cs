using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Subresources;

/// <summary>Binding: puts a pod on a node.</summary>
internal sealed class Bindings(ClusterStore store)
{
    public async Task HandleAsync(ApiCall call)
    {
        var body = await call.BodyAsync();
        var node = body.Text("target", "name") ?? throw ApiException.BadRequest("binding needs target.name");
        store.Get(ResourceTypes.Nodes, null, node);
        store.Mutate(ResourceTypes.Pods, call.Namespace, call.Name, pod => Bind(pod, node, store.Clock.GetUtcNow()), dryRun: call.IsDryRun);
        await Answer.JsonAsync(call.Http, Answer.Success(201), 201);
    }

    public static void Bind(JsonObject pod, string node, DateTimeOffset now)
    {
        if (pod.Text("spec", "nodeName") is { Length: > 0 } already)
        {
            throw ApiException.Conflict(ResourceTypes.Pods, pod.Name(), $"pod {pod.Name()} is already assigned to node \"{already}\"");
        }

        pod.Ensure("spec")["nodeName"] = node;
        Conditions.Set(pod, "PodScheduled", "True", now);
    }
}
