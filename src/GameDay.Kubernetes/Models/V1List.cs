using System.Text.Json.Serialization;

namespace GameDay.Kubernetes;

/// <summary>A whole collection: all pages, and the resourceVersion a watch can start from.</summary>
public sealed record V1List<T>
{
    public V1ListMeta Metadata { get; init => field = value ?? new(); } = new();

    // The server writes null for an empty slice.
    public IReadOnlyList<T> Items { get; init => field = value ?? []; } = [];
}

public sealed record V1ListMeta
{
    public string? ResourceVersion { get; init; }
    public string? Continue { get; init; }

    [JsonPropertyName("remainingItemCount")]
    public long? Remaining { get; init; }
}
