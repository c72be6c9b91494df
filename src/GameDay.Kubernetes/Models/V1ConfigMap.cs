using System.Text.Json.Serialization;

namespace GameDay.Kubernetes;

public sealed record V1ConfigMap() : KubernetesObject(Resource), IKubernetesObject
{
    public static ResourceType Resource { get; } = new("", "v1", "configmaps", "ConfigMap");

    public IReadOnlyDictionary<string, string>? Data { get; init; }
}

public sealed record V1Lease() : KubernetesObject(Resource), IKubernetesObject
{
    public static ResourceType Resource { get; } = new("coordination.k8s.io", "v1", "leases", "Lease");

    public V1LeaseSpec? Spec { get; init; }
}

public sealed record V1LeaseSpec
{
    public string? HolderIdentity { get; init; }
    public int? LeaseDurationSeconds { get; init; }
    public int? LeaseTransitions { get; init; }

    [JsonConverter(typeof(MicroTime))]
    public DateTimeOffset? AcquireTime { get; init; }

    [JsonConverter(typeof(MicroTime))]
    public DateTimeOffset? RenewTime { get; init; }
}

public sealed record Corev1Event() : KubernetesObject(Resource), IKubernetesObject
{
    public static ResourceType Resource { get; } = new("", "v1", "events", "Event");

    public V1ObjectReference? InvolvedObject { get; init; }
    public string? Reason { get; init; }
    public string? Message { get; init; }
    public string? Type { get; init; }
    public int? Count { get; init; }
    public DateTimeOffset? FirstTimestamp { get; init; }
    public DateTimeOffset? LastTimestamp { get; init; }

    [JsonConverter(typeof(MicroTime))]
    public DateTimeOffset? EventTime { get; init; }
}
