using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Network;

/// <summary>Who is where: pods by address, services, namespaces and policies, kept up to date from the store's watch.</summary>
public sealed class Topology
{
    /// <summary>Set to <c>not-enforced</c> on a namespace, its NetworkPolicies are stored but have no effect, as with a CNI that ignores them.</summary>
    public const string EnforcementAnnotation = "sandbox.gameday.dev/network-policies";

    private static readonly Dictionary<string, string> NoLabels = [];
    private readonly ConcurrentDictionary<IPAddress, PodEndpoint> _byAddress = new();
    private readonly ConcurrentDictionary<string, PodEndpoint> _byUid = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ServiceRoute> _services = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, NetworkPolicy> _policies = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (IReadOnlyDictionary<string, string> Labels, bool Enforced)> _namespaces = new(StringComparer.Ordinal);
    private int _turn;

    /// <summary>False: no policy of any namespace has an effect.</summary>
    public bool PoliciesEnforced { get; set; } = true;

    public void PutPod(JsonObject pod)
    {
        if (PodEndpoint.From(pod) is not { } endpoint)
        {
            RemovePod(pod.Uid());
            return;
        }

        _byUid[endpoint.Uid] = endpoint;
        _byAddress[endpoint.Address] = endpoint;
    }

    public void RemovePod(string uid)
    {
        if (_byUid.TryRemove(uid, out var old) && _byAddress.TryGetValue(old.Address, out var current) && current.Uid == uid)
        {
            _byAddress.TryRemove(old.Address, out _);
        }
    }

    /// <summary>The API forgot a pod that still runs: no service leads to it any more, yet its address is its own.</summary>
    public void ForgetPod(string uid)
    {
        if (_byUid.TryGetValue(uid, out var pod))
        {
            _byUid[uid] = pod with { Ready = false };
        }
    }

    public void PutService(JsonObject service)
    {
        if (ServiceRoute.From(service) is { } route)
        {
            _services[Key(service)] = route;
        }
    }

    public void RemoveService(JsonObject service) => _services.TryRemove(Key(service), out _);

    public void PutPolicy(JsonObject policy) => _policies[Key(policy)] = NetworkPolicy.From(policy);

    public void RemovePolicy(JsonObject policy) => _policies.TryRemove(Key(policy), out _);

    public void PutNamespace(JsonObject ns)
    {
        var enforced = ns.Text("metadata", "annotations", EnforcementAnnotation) != "not-enforced";
        _namespaces[ns.Name()] = (ns.Labels(), enforced);
    }

    public PodEndpoint? Pod(string uid) => _byUid.GetValueOrDefault(uid);

    public PodEndpoint? PodAt(IPAddress address) => _byAddress.GetValueOrDefault(address);

    /// <summary>
    /// What a name or address means at this moment: <c>payments</c>, <c>payments.shop</c>, <c>payments.shop.svc.cluster.local</c>,
    /// a cluster address or a plain one. A service leads to one of its Ready pods, in turn.
    /// </summary>
    /// <exception cref="SocketException">No such name (HostNotFound) or no Ready pod behind it (ConnectionRefused).</exception>
    public IPEndPoint Resolve(string host, int port, string fromNamespace)
    {
        if (FindService(host, fromNamespace) is { } service)
        {
            return Pick(service, port) ?? throw new SocketException((int)SocketError.ConnectionRefused);
        }

        return IPAddress.TryParse(host, out var address) ? new IPEndPoint(address, port)
            : host == "localhost" ? new IPEndPoint(IPAddress.Loopback, port)
            : throw new SocketException((int)SocketError.HostNotFound);
    }

    /// <summary>Whether the policies let a new connection pass. Host traffic (kubelet probes, the API server's proxy) always does.</summary>
    public bool Allows(IPAddress source, IPEndPoint destination)
    {
        if (!PoliciesEnforced || _policies.IsEmpty)
        {
            return true;
        }

        var from = PeerAt(source, 0);
        var to = PeerAt(destination.Address, destination.Port);
        return from.Pod is null || (EgressAllowed(from.Pod, to) && (to.Pod is null || IngressAllowed(to.Pod, from, to)));
    }

    private static string Key(JsonObject o) => $"{o.Namespace()}/{o.Name()}";

    private bool EgressAllowed(PodEndpoint pod, Peer to) => United(pod, policy => policy.AllowsEgress(pod, to));

    private bool IngressAllowed(PodEndpoint pod, Peer from, Peer to) => United(pod, policy => policy.AllowsIngress(pod, from, to));

    private bool United(PodEndpoint pod, Func<NetworkPolicy, bool?> verdict)
    {
        if (_namespaces.TryGetValue(pod.Namespace, out var ns) && !ns.Enforced)
        {
            return true;
        }

        var selected = false;
        foreach (var (_, policy) in _policies)
        {
            var allows = verdict(policy);
            if (allows == true)
            {
                return true;
            }

            selected |= allows is false;
        }

        return !selected;
    }

    private Peer PeerAt(IPAddress address, int port)
    {
        var pod = PodAt(address);
        var labels = pod is not null && _namespaces.TryGetValue(pod.Namespace, out var ns) ? ns.Labels : NoLabels;
        return new Peer(address, port, pod, labels);
    }

    private ServiceRoute? FindService(string host, string fromNamespace)
    {
        if (IPAddress.TryParse(host, out _))
        {
            return _services.Values.FirstOrDefault(s => s.ClusterIP == host);
        }

        var parts = host.Split('.');
        var ns = parts.Length > 1 ? parts[1] : fromNamespace;
        return _services.GetValueOrDefault($"{ns}/{parts[0]}");
    }

    private IPEndPoint? Pick(ServiceRoute service, int port)
    {
        var ready = _byUid.Values.Where(pod => pod.Ready && service.Selects(pod)).Select(pod => service.Target(pod, port)).OfType<IPEndPoint>().ToArray();
        return ready.Length == 0 ? null : ready[(uint)Interlocked.Increment(ref _turn) % ready.Length];
    }
}
