using System.Net;
using System.Text.Json.Nodes;
using GameDay.Sandbox.Network;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Kubelet;

/// <summary>One pod on one node: who it is and where.</summary>
/// <param name="Born">The pod as the kubelet first saw it; only read.</param>
public sealed record PodContext(KubeletServices Services, JsonObject Born, string Node, IPAddress Address, IPAddress HostAddress)
{
    public string Uid { get; } = Born.Uid();

    public string Namespace { get; } = Born.Namespace();

    public string Name { get; } = Born.Name();

    public TimeProvider Clock => Services.Clock;

    /// <summary>The pod as the opener of connections.</summary>
    public Caller Caller => new(Address, Namespace, Uid);

    /// <summary>Its node as the opener of connections: probes come from there.</summary>
    public Caller Host => new(HostAddress, Namespace, PodUid: null);

    public void Record(string type, string reason, string message) =>
        new EventRecorder(Services.Store, "kubelet", Node).Record(Born, type, reason, message);
}
