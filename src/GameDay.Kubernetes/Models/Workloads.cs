namespace GameDay.Kubernetes;

public sealed record V1Deployment() : KubernetesObject(Resource), IKubernetesObject
{
    public static ResourceType Resource { get; } = new("apps", "v1", "deployments", "Deployment");

    public V1WorkloadSpec? Spec { get; init; }
    public V1WorkloadStatus? Status { get; init; }
}

public sealed record V1ReplicaSet() : KubernetesObject(Resource), IKubernetesObject
{
    public static ResourceType Resource { get; } = new("apps", "v1", "replicasets", "ReplicaSet");

    public V1WorkloadSpec? Spec { get; init; }
    public V1WorkloadStatus? Status { get; init; }
}

public sealed record V1StatefulSet() : KubernetesObject(Resource), IKubernetesObject
{
    public static ResourceType Resource { get; } = new("apps", "v1", "statefulsets", "StatefulSet");

    public V1WorkloadSpec? Spec { get; init; }
    public V1WorkloadStatus? Status { get; init; }
}

public sealed record V1DaemonSet() : KubernetesObject(Resource), IKubernetesObject
{
    public static ResourceType Resource { get; } = new("apps", "v1", "daemonsets", "DaemonSet");

    public V1WorkloadSpec? Spec { get; init; }
    public V1WorkloadStatus? Status { get; init; }
}

/// <summary>What the apps/v1 kinds have in common and GameDay reads.</summary>
public sealed record V1WorkloadSpec
{
    public int? Replicas { get; init; }
    public bool? Paused { get; init; }
    public string? ServiceName { get; init; }
    public V1LabelSelector? Selector { get; init; }
    public V1PodTemplateSpec? Template { get; init; }
}

public sealed record V1PodTemplateSpec
{
    public V1ObjectMeta? Metadata { get; init; }
    public V1PodSpec? Spec { get; init; }
}

public sealed record V1WorkloadStatus
{
    public int? Replicas { get; init; }
    public int? ReadyReplicas { get; init; }
    public int? AvailableReplicas { get; init; }
    public int? UpdatedReplicas { get; init; }
    public int? UnavailableReplicas { get; init; }
    public long? ObservedGeneration { get; init; }
    public IReadOnlyList<V1Condition>? Conditions { get; init; }
}

public sealed record V1PodDisruptionBudget() : KubernetesObject(Resource), IKubernetesObject
{
    public static ResourceType Resource { get; } = new("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget");

    public V1PodDisruptionBudgetSpec? Spec { get; init; }
    public V1PodDisruptionBudgetStatus? Status { get; init; }
}

public sealed record V1PodDisruptionBudgetSpec
{
    public V1LabelSelector? Selector { get; init; }
    public IntOrString? MinAvailable { get; init; }
    public IntOrString? MaxUnavailable { get; init; }
}

public sealed record V1PodDisruptionBudgetStatus
{
    public int? DisruptionsAllowed { get; init; }
    public int? CurrentHealthy { get; init; }
    public int? DesiredHealthy { get; init; }
    public int? ExpectedPods { get; init; }
}
