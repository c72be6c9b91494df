namespace GameDay.Kubernetes;

public sealed record V1DeleteOptions
{
    public string ApiVersion { get; init; } = "v1";
    public string Kind { get; init; } = "DeleteOptions";
    public int? GracePeriodSeconds { get; init; }
    public string? PropagationPolicy { get; init; }
    public V1Preconditions? Preconditions { get; init; }
    public IReadOnlyList<string>? DryRun { get; init; }

    /// <summary>Delete this very object and no successor of the same name.</summary>
    public static V1DeleteOptions Exactly(string uid, string? resourceVersion = null) =>
        new() { Preconditions = new(uid, resourceVersion) };
}

public sealed record V1Preconditions(string? Uid = null, string? ResourceVersion = null);

public sealed record V1Eviction
{
    public string ApiVersion { get; init; } = "policy/v1";
    public string Kind { get; init; } = "Eviction";
    public required V1ObjectMeta Metadata { get; init; }
    public V1DeleteOptions? DeleteOptions { get; init; }
}

public sealed record V1Scale
{
    public V1ObjectMeta Metadata { get; init; } = new();
    public V1ScaleSpec Spec { get; init; } = new();
    public V1ScaleStatus? Status { get; init; }
}

public sealed record V1ScaleSpec(int? Replicas = null);

public sealed record V1ScaleStatus(int Replicas, string? Selector = null);
