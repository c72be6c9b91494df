using System.Text.Json.Serialization;

namespace GameDay.Kubernetes;

public sealed record V1Node() : KubernetesObject(Resource), IKubernetesObject
{
    public static ResourceType Resource { get; } = new("", "v1", "nodes", "Node", Namespaced: false);

    public V1NodeSpec? Spec { get; init; }
    public V1NodeStatus? Status { get; init; }

    [JsonIgnore]
    public bool IsReady => Status?.Conditions?.Any(condition => condition is { Type: "Ready", Status: "True" }) == true;

    [JsonIgnore]
    public string? Zone => Metadata.Label("topology.kubernetes.io/zone");
}

public sealed record V1NodeSpec
{
    public bool? Unschedulable { get; init; }
    public IReadOnlyList<V1Taint>? Taints { get; init; }
}

public sealed record V1Taint(string Key, string Effect, string? Value = null, DateTimeOffset? TimeAdded = null);

public sealed record V1NodeStatus
{
    public IReadOnlyList<V1Condition>? Conditions { get; init; }
    public IReadOnlyList<V1NodeAddress>? Addresses { get; init; }
    public IReadOnlyDictionary<string, string>? Allocatable { get; init; }
    public V1NodeSystemInfo? NodeInfo { get; init; }
}

public sealed record V1NodeAddress(string Type, string Address);

public sealed record V1NodeSystemInfo
{
    public string? Architecture { get; init; }
    public string? OperatingSystem { get; init; }
    public string? KernelVersion { get; init; }
    public string? KubeletVersion { get; init; }
    public string? ContainerRuntimeVersion { get; init; }
    public string? OsImage { get; init; }
}

public sealed record V1Namespace() : KubernetesObject(Resource), IKubernetesObject
{
    public static ResourceType Resource { get; } = new("", "v1", "namespaces", "Namespace", Namespaced: false);

    public V1NamespaceStatus? Status { get; init; }
}

public sealed record V1NamespaceStatus(string? Phase = null);
