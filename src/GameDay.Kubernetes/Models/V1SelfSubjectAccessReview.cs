namespace GameDay.Kubernetes;

/// <summary>"May I?" The server's own answer, 0.7 ms each, and nobody needs a permission to ask.</summary>
public sealed record V1SelfSubjectAccessReview() : KubernetesObject(Resource), IKubernetesObject
{
    public static ResourceType Resource { get; } =
        new("authorization.k8s.io", "v1", "selfsubjectaccessreviews", "SelfSubjectAccessReview", Namespaced: false);

    public V1SelfSubjectAccessReviewSpec? Spec { get; init; }
    public V1SubjectAccessReviewStatus? Status { get; init; }
}

public sealed record V1SelfSubjectAccessReviewSpec(V1ResourceAttributes ResourceAttributes);

public sealed record V1ResourceAttributes(string Verb, string Resource)
{
    public string? Group { get; init; }
    public string? Subresource { get; init; }
    public string? Namespace { get; init; }
    public string? Name { get; init; }
}

public sealed record V1SubjectAccessReviewStatus
{
    public bool Allowed { get; init; }
    public bool? Denied { get; init; }
    public string? Reason { get; init; }
    public string? EvaluationError { get; init; }
}
