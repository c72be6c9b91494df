using System.Text.Json.Nodes;
using GameDay.Sandbox.Api.Clock;
using GameDay.Sandbox.Api.Rules;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api;

/// <summary>What a test may ask of the server itself, with the admin token: its clock, its memory, and a change by somebody else.</summary>
internal static class ServerControls
{
    public static void MapServerControls(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/sandbox/clock", (RequestDelegate)SetClockAsync);
        routes.MapPost("/sandbox/scale", (RequestDelegate)ScaleAsync);
        routes.MapGet("/_sandbox/memory", (RequestDelegate)MemoryAsync);
    }

    /// <summary>The body of a control request.</summary>
    public static async Task<JsonObject> BodyAsync(HttpContext http) =>
        await RequestBody.ReadAsync(http.Request, http.RequestAborted) as JsonObject ?? throw ApiException.BadRequest("a JSON object is expected");

    public static string Required(JsonObject body, string field) =>
        body.Text(field) is { Length: > 0 } text ? text : throw ApiException.BadRequest($"{field} is missing");

    /// <summary>What is really held, after a full collection, beside what the process has from the system.</summary>
    private static Task MemoryAsync(HttpContext http)
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return Answer.JsonAsync(http, new JsonObject { ["liveBytes"] = GC.GetTotalMemory(forceFullCollection: true), ["residentBytes"] = Environment.WorkingSet });
    }

    private static async Task SetClockAsync(HttpContext http)
    {
        var body = await BodyAsync(http);
        var seconds = body.Number("offsetSeconds") ?? throw ApiException.BadRequest("offsetSeconds is missing");
        http.RequestServices.GetRequiredService<ServerClock>().Offset = TimeSpan.FromSeconds(seconds);
        await Answer.JsonAsync(http, Answer.Success());
    }

    /// <summary>Changes replicas as an autoscaler, a deploy or a person does: under another name, whatever runs meanwhile.</summary>
    private static async Task ScaleAsync(HttpContext http)
    {
        var body = await BodyAsync(http);
        var replicas = body.Number("replicas") ?? throw ApiException.BadRequest("replicas is missing");
        var manager = body.Text("as") ?? "kube-controller-manager";
        var store = http.RequestServices.GetRequiredService<ClusterStore>();
        var changed = store.Mutate(ResourceTypes.Deployments, Required(body, "namespace"), Required(body, "deployment"), item =>
        {
            var old = item.Copy();
            item.Ensure("spec")["replicas"] = replicas;
            ManagedFields.Record(old, item, manager, "Update", "scale", store.Clock.GetUtcNow());
        });
        await Answer.JsonAsync(http, changed);
    }
}
