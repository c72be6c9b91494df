namespace GameDay.Kubernetes;

public sealed record V1NetworkPolicy() : KubernetesObject(Resource), IKubernetesObject
{
    public static ResourceType Resource { get; } = new("networking.k8s.io", "v1", "networkpolicies", "NetworkPolicy");

    public V1NetworkPolicySpec? Spec { get; init; }
}

public sealed record V1NetworkPolicySpec
{
    public V1LabelSelector PodSelector { get; init => field = value ?? new(); } = new();
    public IReadOnlyList<string>? PolicyTypes { get; init; }
    public IReadOnlyList<V1NetworkPolicyIngressRule>? Ingress { get; init; }
    public IReadOnlyList<V1NetworkPolicyEgressRule>? Egress { get; init; }
}

/// <summary>An allow. No peer means everybody, no port means every port.</summary>
public sealed record V1NetworkPolicyIngressRule
{
    public IReadOnlyList<V1NetworkPolicyPeer>? From { get; init; }
    public IReadOnlyList<V1NetworkPolicyPort>? Ports { get; init; }
}

public sealed record V1NetworkPolicyEgressRule
{
    public IReadOnlyList<V1NetworkPolicyPeer>? To { get; init; }
    public IReadOnlyList<V1NetworkPolicyPort>? Ports { get; init; }
}

public sealed record V1NetworkPolicyPeer
{
    public V1LabelSelector? PodSelector { get; init; }
    public V1LabelSelector? NamespaceSelector { get; init; }
    public V1IPBlock? IpBlock { get; init; }
}

public sealed record V1IPBlock(string Cidr, IReadOnlyList<string>? Except = null);

public sealed record V1NetworkPolicyPort(IntOrString? Port = null, string? Protocol = null, int? EndPort = null);
