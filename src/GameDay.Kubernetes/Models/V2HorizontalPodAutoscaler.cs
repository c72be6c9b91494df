namespace GameDay.Kubernetes;

public sealed record V2HorizontalPodAutoscaler() : KubernetesObject(Resource), IKubernetesObject
{
    public static ResourceType Resource { get; } = new("autoscaling", "v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler");

    public V2HorizontalPodAutoscalerSpec? Spec { get; init; }
}

public sealed record V2HorizontalPodAutoscalerSpec
{
    public V2ScaleTargetRef? ScaleTargetRef { get; init; }
    public int? MinReplicas { get; init; }
    public int? MaxReplicas { get; init; }
}

/// <summary>The workload whose replicas an autoscaler writes.</summary>
public sealed record V2ScaleTargetRef(string Kind, string Name, string? ApiVersion = null);
