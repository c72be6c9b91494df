using System.Text.Json.Serialization;

namespace GameDay.Kubernetes;

public sealed record V1Pod() : KubernetesObject(Resource), IKubernetesObject
{
    public static ResourceType Resource { get; } = new("", "v1", "pods", "Pod");

    public V1PodSpec? Spec { get; init; }
    public V1PodStatus? Status { get; init; }

    [JsonIgnore]
    public bool IsReady => Status?.Conditions?.Any(condition => condition is { Type: "Ready", Status: "True" }) == true;

    [JsonIgnore]
    public bool IsTerminating => Metadata.DeletionTimestamp is not null;

    /// <summary>Neither finished nor on its way out.</summary>
    [JsonIgnore]
    public bool IsAlive => !IsTerminating && Status?.Phase is not ("Succeeded" or "Failed");

    public V1ContainerStatus? EphemeralContainer(string name) =>
        Status?.EphemeralContainerStatuses?.FirstOrDefault(container => container.Name == name);
}

public sealed record V1PodSpec
{
    public string? NodeName { get; init; }
    public string? RuntimeClassName { get; init; }
    public string? RestartPolicy { get; init; }
    public string? ServiceAccountName { get; init; }
    public string? PriorityClassName { get; init; }
    public bool? HostNetwork { get; init; }
    public bool? ShareProcessNamespace { get; init; }
    public long? TerminationGracePeriodSeconds { get; init; }
    public IReadOnlyDictionary<string, string>? NodeSelector { get; init; }
    public IReadOnlyList<V1Container>? InitContainers { get; init; }
    public IReadOnlyList<V1Container>? Containers { get; init; }
    public IReadOnlyList<V1EphemeralContainer>? EphemeralContainers { get; init; }
}

public sealed record V1PodStatus
{
    public string? Phase { get; init; }
    public string? Reason { get; init; }
    public string? Message { get; init; }
    public string? PodIP { get; init; }
    public string? HostIP { get; init; }
    public IReadOnlyList<V1PodIP>? PodIPs { get; init; }
    public DateTimeOffset? StartTime { get; init; }
    public string? QosClass { get; init; }
    public IReadOnlyList<V1Condition>? Conditions { get; init; }
    public IReadOnlyList<V1ContainerStatus>? ContainerStatuses { get; init; }
    public IReadOnlyList<V1ContainerStatus>? EphemeralContainerStatuses { get; init; }
}

public sealed record V1PodIP(string Ip);

public sealed record V1Condition
{
    public string? Type { get; init; }
    public string? Status { get; init; }
    public string? Reason { get; init; }
    public string? Message { get; init; }
    public DateTimeOffset? LastTransitionTime { get; init; }
}
