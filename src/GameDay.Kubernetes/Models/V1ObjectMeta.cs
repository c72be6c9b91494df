using System.Text.Json;
using System.Text.Json.Serialization;

namespace GameDay.Kubernetes;

public sealed record V1ObjectMeta
{
    public string? Name { get; init; }
    public string? GenerateName { get; init; }
    public string? Namespace { get; init; }
    public string? Uid { get; init; }
    public string? ResourceVersion { get; init; }
    public long? Generation { get; init; }

    /// <summary>Set by the server, from its own clock.</summary>
    public DateTimeOffset? CreationTimestamp { get; init; }
    public DateTimeOffset? DeletionTimestamp { get; init; }
    public IReadOnlyDictionary<string, string>? Labels { get; init; }
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }
    public IReadOnlyList<V1OwnerReference>? OwnerReferences { get; init; }
    public IReadOnlyList<string>? Finalizers { get; init; }
    public IReadOnlyList<V1ManagedFieldsEntry>? ManagedFields { get; init; }

    public string? Label(string key) => Labels?.GetValueOrDefault(key);

    public string? Annotation(string key) => Annotations?.GetValueOrDefault(key);

    /// <summary>The owner that would make a replacement, if there is one.</summary>
    [JsonIgnore]
    public V1OwnerReference? Controller => OwnerReferences?.FirstOrDefault(owner => owner.Controller == true);
}

public sealed record V1OwnerReference(string ApiVersion, string Kind, string Name, string Uid, bool? Controller = null, bool? BlockOwnerDeletion = null);

/// <summary>Who last wrote which fields.</summary>
public sealed record V1ManagedFieldsEntry
{
    public string? Manager { get; init; }
    public string? Operation { get; init; }
    public string? Subresource { get; init; }
    public DateTimeOffset? Time { get; init; }
    public JsonElement? FieldsV1 { get; init; }
}

public sealed record V1LabelSelector
{
    public IReadOnlyDictionary<string, string>? MatchLabels { get; init; }
    public IReadOnlyList<V1LabelSelectorRequirement>? MatchExpressions { get; init; }

    /// <summary>Whether labels match. An empty selector matches everything.</summary>
    public bool Matches(IReadOnlyDictionary<string, string>? labels) =>
        (MatchLabels ?? new Dictionary<string, string>(StringComparer.Ordinal)).All(wanted => labels?.GetValueOrDefault(wanted.Key) == wanted.Value)
        && (MatchExpressions ?? []).All(expression => expression.Matches(labels));
}

public sealed record V1LabelSelectorRequirement(string Key, string Operator, IReadOnlyList<string>? Values = null)
{
    public bool Matches(IReadOnlyDictionary<string, string>? labels)
    {
        var value = labels?.GetValueOrDefault(Key);
        return Operator switch
        {
            "In" => value is not null && Values?.Contains(value) == true,
            "NotIn" => value is null || Values?.Contains(value) != true,
            "Exists" => value is not null,
            "DoesNotExist" => value is null,
            _ => throw new InvalidOperationException($"The label selector operator '{Operator}' is not known."),
        };
    }
}
