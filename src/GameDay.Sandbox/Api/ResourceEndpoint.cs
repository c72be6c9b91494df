using GameDay.Sandbox.Api.Discovery;
using GameDay.Sandbox.Api.Metrics;
using GameDay.Sandbox.Api.Security;
using GameDay.Sandbox.Api.Subresources;
using GameDay.Sandbox.Api.Verbs;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api;

/// <summary>Finds the verb for a request to a resource, an object or a subresource.</summary>
internal sealed class ResourceEndpoint(
    Reads reads, Watches watches, Writes writes, Deletes deletes, Scales scales, Evictions evictions, Bindings bindings, Execs execs, Logs logs, Proxies proxies,
    TokenRequests tokens, AccessReviews access, MetricsApi metrics, NodeMetrics nodeMetrics)
{
    public async Task HandleAsync(HttpContext http)
    {
        var path = ApiPath.Parse(http.Request.Path.Value ?? "") ?? throw ApiException.NoSuchPath();
        if (ResourceTypes.Find(path.Group, path.Version, path.Plural) is { } type)
        {
            await DispatchAsync(new ApiCall(http, type, path));
            return;
        }

        var review = ServedVersion.Find(path.Group, path.Version)?.Answered.FirstOrDefault(r => r.Plural == path.Plural);
        if (review is not null && path.Group == MetricsApi.Group)
        {
            await metrics.HandleAsync(http, path);
            return;
        }

        if (review is null || http.Request.Method != "POST")
        {
            throw review is null ? ApiException.NoSuchPath() : ApiException.MethodNotAllowed();
        }

        var call = new ApiCall(http, ResourceTypes.Pods, path);
        await Answer.JsonAsync(http, access.Answer(review.Kind, path.Namespace, RequestUser.Of(http), await call.BodyAsync()), 201);
    }

    private Task DispatchAsync(ApiCall call)
    {
        if (call.Subresource is { } subresource)
        {
            return SubresourceAsync(call, subresource);
        }

        if (call.Path.Name is null)
        {
            return CollectionAsync(call);
        }

        return call.Method switch
        {
            "GET" when call.Flag("watch") => watches.WatchAsync(call),
            "GET" => reads.GetAsync(call),
            "PUT" => writes.UpdateAsync(call),
            "PATCH" => writes.PatchAsync(call),
            "DELETE" => deletes.DeleteAsync(call),
            _ => throw ApiException.MethodNotAllowed(),
        };
    }

    private Task CollectionAsync(ApiCall call) => call.Method switch
    {
        "GET" when call.Flag("watch") => watches.WatchAsync(call),
        "GET" => reads.ListAsync(call),
        "POST" => writes.CreateAsync(call),
        "DELETE" => deletes.DeleteCollectionAsync(call),
        _ => throw ApiException.MethodNotAllowed(),
    };

    private static string NeedsSpdy(string subresource) => subresource == "attach"
        ? "attach needs SPDY, which this server does not speak: use exec, or logs -f"
        : "port-forward needs SPDY, which this server does not speak: connect to the pod's own address, or use pods/NAME:PORT/proxy";

    private Task SubresourceAsync(ApiCall call, string subresource) => (subresource, call.Method) switch
    {
        ("status", _) when !DiscoveryDocuments.HasStatus(call.Type) => throw ApiException.NoSuchPath(),
        ("status", "GET") => reads.GetAsync(call),
        ("status", "PUT") => writes.UpdateAsync(call),
        ("status", "PATCH") => writes.PatchAsync(call),
        ("finalize", "PUT") when call.Type == ResourceTypes.Namespaces => writes.UpdateAsync(call),
        ("proxy", _) when call.Type == ResourceTypes.Pods || call.Type == ResourceTypes.Services => proxies.HandleAsync(call),
        ("proxy", "GET") when call.Type == ResourceTypes.Nodes => nodeMetrics.HandleAsync(call),
        _ when !call.Type.Subresources.Any(known => known.Name == subresource) => throw ApiException.NoSuchPath(),
        ("scale", _) => scales.HandleAsync(call),
        ("eviction", "POST") => evictions.HandleAsync(call),
        ("binding", "POST") => bindings.HandleAsync(call),
        ("token", "POST") => tokens.HandleAsync(call),
        ("exec", "GET" or "POST" or "CONNECT") => execs.HandleAsync(call),
        ("attach" or "portforward", _) => throw ApiException.BadRequest(NeedsSpdy(subresource)),
        ("log", "GET") => logs.HandleAsync(call),
        ("ephemeralcontainers", "GET") => reads.GetAsync(call),
        ("ephemeralcontainers", "PUT") => writes.UpdateAsync(call),
        ("ephemeralcontainers", "PATCH") => writes.PatchAsync(call),
        _ => throw ApiException.MethodNotAllowed(),
    };
}
