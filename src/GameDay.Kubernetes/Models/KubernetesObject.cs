using System.Text.Json.Serialization;

namespace GameDay.Kubernetes;

/// <summary>The three fields every object begins with. Items of a list come without the first two: they keep the type's own.</summary>
public abstract record KubernetesObject
{
    protected KubernetesObject(ResourceType resource) => (ApiVersion, Kind) = (resource.ApiVersion, resource.Kind);

    [JsonPropertyOrder(-3)]
    public string ApiVersion { get; init; }

    [JsonPropertyOrder(-2)]
    public string Kind { get; init; }

    [JsonPropertyOrder(-1)]
    public V1ObjectMeta Metadata { get; init => field = value ?? new(); } = new();
}
