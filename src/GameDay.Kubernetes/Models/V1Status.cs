namespace GameDay.Kubernetes;

/// <summary>What the API answers when it refuses.</summary>
public sealed record V1Status
{
    public string? Kind { get; init; }
    public string? Status { get; init; }
    public int? Code { get; init; }
    public string? Reason { get; init; }
    public string? Message { get; init; }
    public V1ListMeta? Metadata { get; init; }
    public V1StatusDetails? Details { get; init; }
}

public sealed record V1StatusDetails
{
    public string? Name { get; init; }
    public string? Kind { get; init; }
    public int? RetryAfterSeconds { get; init; }
    public IReadOnlyList<V1StatusCause>? Causes { get; init; }
}

public sealed record V1StatusCause(string? Reason = null, string? Message = null, string? Field = null);
