using System.Globalization;
using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Subresources;

/// <summary><c>pods/NAME:PORT/proxy/PATH</c> and <c>services/NAME:PORT/proxy/PATH</c>; a service picks a ready endpoint.</summary>
internal sealed class Proxies(ClusterStore store, IPodRuntime runtime)
{
    private uint turn;

    public Task HandleAsync(ApiCall call)
    {
        var (name, port) = Split(call.Name);
        var (address, number) = call.Type == ResourceTypes.Pods ? Pod(call, name, port) : Service(call, name, port);
        var path = PathString.FromUriComponent(Uri.EscapeDataString(call.Path.Rest).Replace("%2F", "/", StringComparison.Ordinal));
        return runtime.ProxyAsync(call.Http, address, number, path.ToUriComponent() + call.Http.Request.QueryString);
    }

    /// <summary><c>name</c>, <c>name:port</c> or <c>scheme:name:port</c>.</summary>
    private static (string Name, string Port) Split(string text) => text.Split(':') switch
    {
        [var name] => (name, ""),
        [var name, var port] => (name, port),
        [_, var name, var port] => (name, port),
        _ => throw ApiException.BadRequest($"invalid request \"{text}\""),
    };

    private (string Address, int Port) Pod(ApiCall call, string name, string port)
    {
        var pod = store.Get(ResourceTypes.Pods, call.Namespace, name);
        var ports = pod.Items("spec", "containers").SelectMany(container => container.Items("ports")).ToList();
        var declared = port.Length == 0 ? ports.FirstOrDefault() : ports.Find(p => p.Text("name") == port);
        var address = pod.Text("status", "podIP") ?? throw Unavailable($"pod {name} has no address yet");
        return (address, declared.Number("containerPort") ?? Parse(port));
    }

    private (string Address, int Port) Service(ApiCall call, string name, string port)
    {
        var service = store.Get(ResourceTypes.Services, call.Namespace, name);
        var ports = service.Items("spec", "ports").ToList();
        var chosen = port.Length == 0 && ports.Count == 1 ? ports[0] : ports.Find(p => p.Text("name") == port || p.Text("port") == port);
        if (chosen is null)
        {
            throw Unavailable($"no service port \"{port}\" found for service \"{name}\"");
        }

        var endpoints = store.Find(ResourceTypes.Endpoints, call.Namespace, name);
        var ready = endpoints.Items("subsets")
            .SelectMany(subset => subset.Items("ports")
                .Where(p => (p.Text("name") ?? "") == (chosen.Text("name") ?? ""))
                .SelectMany(p => subset.Items("addresses").Select(a => (Address: a.Text("ip")!, Port: p.Number("port") ?? 0))))
            .ToList();
        return ready.Count == 0
            ? throw Unavailable($"no endpoints available for service \"{name}\"")
            : ready[(int)(Interlocked.Increment(ref turn) % (uint)ready.Count)];
    }

    private static int Parse(string port) =>
        int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw ApiException.BadRequest($"invalid port \"{port}\"");

    private static ApiException Unavailable(string why) => new(503, "ServiceUnavailable", why);
}
