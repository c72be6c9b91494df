using System.Text.Json.Nodes;
using GameDay.Sandbox.Api.Patching;
using GameDay.Sandbox.Api.Verbs;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Subresources;

/// <summary>The scale subresource: a workload's replicas as <c>autoscaling/v1 Scale</c>.</summary>
internal sealed class Scales(ClusterStore store, Writes writes)
{
    public async Task HandleAsync(ApiCall call)
    {
        var changed = call.Method switch
        {
            "GET" => store.Get(call.Type, call.Namespace, call.Name),
            "PUT" => Change(call, await call.BodyAsync()),
            "PATCH" => Patch(call, await call.NodeAsync()),
            _ => throw ApiException.MethodNotAllowed(),
        };
        await Answer.JsonAsync(call.Http, ScaleOf(changed));
    }

    private JsonObject Patch(ApiCall call, JsonNode? patch) => writes.Change(call, "Update", item =>
    {
        var scale = ScaleOf(item);
        Patches.Apply(call.Http.Request.ContentType, scale, patch);
        Set(item, scale);
    });

    private JsonObject Change(ApiCall call, JsonObject scale) => writes.Change(call, "Update", item => Set(item, scale));

    private static void Set(JsonObject item, JsonObject scale)
    {
        item.Ensure("spec")["replicas"] = scale.Number("spec", "replicas") ?? 0;
        if (scale.ResourceVersion() is { Length: > 0 } version)
        {
            item.Ensure("metadata")["resourceVersion"] = version;
        }
    }

    private static JsonObject ScaleOf(JsonObject item) => new()
    {
        ["kind"] = "Scale",
        ["apiVersion"] = "autoscaling/v1",
        ["metadata"] = new JsonObject
        {
            ["name"] = item.Name(),
            ["namespace"] = item.Namespace(),
            ["uid"] = item.Uid(),
            ["resourceVersion"] = item.ResourceVersion(),
            ["creationTimestamp"] = item.Text("metadata", "creationTimestamp"),
        },
        ["spec"] = new JsonObject { ["replicas"] = item.Number("spec", "replicas") ?? 0 },
        ["status"] = new JsonObject
        {
            ["replicas"] = item.Number("status", "replicas") ?? 0,
            ["selector"] = Tables.Selectors.Print(item.At("spec", "selector")),
        },
    };
}
