using System.Text.Json.Nodes;
using GameDay.Sandbox.Api;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Kubelet;

/// <summary>What a test may do to nodes, images and processes, with the admin token.</summary>
internal static class WorkloadControls
{
    private const string Killed = "Error";
    private const string OutOfMemory = "OOMKilled";

    public static void MapWorkloadControls(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/sandbox/nodes/{name}", (RequestDelegate)SetNodeAsync);
        routes.MapPost("/sandbox/images", (RequestDelegate)SetImageAsync);
        routes.MapPost("/sandbox/pods/{ns}/{pod}/oom/{container}", (RequestDelegate)(http => KillAsync(http, OutOfMemory)));
        routes.MapPost("/sandbox/pods/{ns}/{pod}/kill/{container}", (RequestDelegate)(http => KillAsync(http, Killed)));
    }

    private static async Task SetNodeAsync(HttpContext http)
    {
        var body = await ServerControls.BodyAsync(http);
        var ready = body.Text("ready") switch
        {
            "true" => true,
            "false" => false,
            _ => throw ApiException.BadRequest("ready must be true or false"),
        };
        Workloads(http).Outages.Set(Route(http, "name"), ready);
        await Answer.JsonAsync(http, Answer.Success());
    }

    private static async Task SetImageAsync(HttpContext http)
    {
        var body = await ServerControls.BodyAsync(http);
        var delay = TimeSpan.FromSeconds(body.Number("delaySeconds") ?? 0);
        Workloads(http).Images.Set(ServerControls.Required(body, "image"), new ImageShelf.Pull(body.IsTrue("missing"), delay, body.Number("crashes")));
        await Answer.JsonAsync(http, Answer.Success());
    }

    private static async Task KillAsync(HttpContext http, string reason)
    {
        var store = http.RequestServices.GetRequiredService<ClusterStore>();
        var pod = store.Get(ResourceTypes.Pods, Route(http, "ns"), Route(http, "pod"));
        var container = Route(http, "container");
        if (!await Workloads(http).Kubelets.KillContainerAsync(pod.Uid(), container, reason))
        {
            throw new ApiException(404, "NotFound", $"no process runs in container \"{container}\" of pod \"{pod.Name()}\"");
        }

        await Answer.JsonAsync(http, Answer.Success());
    }

    private static Workloads Workloads(HttpContext http) => http.RequestServices.GetRequiredService<Workloads>();

    private static string Route(HttpContext http, string name) => http.Request.RouteValues[name]?.ToString() ?? "";
}
