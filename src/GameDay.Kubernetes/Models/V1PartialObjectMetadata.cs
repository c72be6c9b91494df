namespace GameDay.Kubernetes;

/// <summary>An object of any kind without all but its metadata (meta.k8s.io/v1).</summary>
public sealed record V1PartialObjectMetadata
{
    public V1ObjectMeta Metadata { get; init => field = value ?? new(); } = new();
}
