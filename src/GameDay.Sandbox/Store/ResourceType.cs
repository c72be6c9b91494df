namespace GameDay.Sandbox.Store;

/// <summary>One kind of object the API serves: where it lives in the URL space and how clients name it.</summary>
/// <param name="Group">API group, empty for the core group.</param>
/// <param name="TracksGeneration">Whether a change of <c>spec</c> raises <c>metadata.generation</c>.</param>
public sealed record ResourceType(
    string Group,
    string Version,
    string Plural,
    string Kind,
    bool Namespaced = true,
    bool TracksGeneration = false)
{
    public IReadOnlyList<string> ShortNames { get; init; } = [];

    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Subresources besides <c>status</c>, for discovery.</summary>
    public IReadOnlyList<Subresource> Subresources { get; init; } = [];

    public string Singular => Kind.ToLowerInvariant();

    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    public string ListKind => Kind + "List";

    /// <summary>The name as the API's messages write it: <c>pods</c>, <c>deployments.apps</c>.</summary>
    public string GroupResource => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    public bool Equals(ResourceType? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(GroupResource);

    public override string ToString() => GroupResource;
}

/// <summary>A path below an object, for example <c>pods/eviction</c>, with the kind it speaks.</summary>
public sealed record Subresource(string Name, string Group, string Version, string Kind, params string[] Verbs);
