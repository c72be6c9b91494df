namespace GameDay.Kubernetes;

public sealed record V1Service() : KubernetesObject(Resource), IKubernetesObject
{
    public static ResourceType Resource { get; } = new("", "v1", "services", "Service");

    public V1ServiceSpec? Spec { get; init; }
}

public sealed record V1ServiceSpec
{
    public string? Type { get; init; }
    public string? ClusterIP { get; init; }
    public IReadOnlyDictionary<string, string>? Selector { get; init; }
    public IReadOnlyList<V1ServicePort>? Ports { get; init; }
}

public sealed record V1ServicePort(int Port, string? Name = null, string? Protocol = null, IntOrString? TargetPort = null);

public sealed record V1Endpoints() : KubernetesObject(Resource), IKubernetesObject
{
    public static ResourceType Resource { get; } = new("", "v1", "endpoints", "Endpoints");

    public IReadOnlyList<V1EndpointSubset>? Subsets { get; init; }
}

public sealed record V1EndpointSubset
{
    public IReadOnlyList<V1EndpointAddress>? Addresses { get; init; }
    public IReadOnlyList<V1EndpointAddress>? NotReadyAddresses { get; init; }
    public IReadOnlyList<CoreV1EndpointPort>? Ports { get; init; }
}

public sealed record V1EndpointAddress(string Ip, string? NodeName = null, V1ObjectReference? TargetRef = null);

public sealed record CoreV1EndpointPort(int Port, string? Name = null, string? Protocol = null);

public sealed record V1ObjectReference
{
    public string? ApiVersion { get; init; }
    public string? Kind { get; init; }
    public string? Namespace { get; init; }
    public string? Name { get; init; }
    public string? Uid { get; init; }
}
