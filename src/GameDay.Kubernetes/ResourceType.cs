namespace GameDay.Kubernetes;

/// <summary>Where a resource lives in the API, such as apps/v1 deployments.</summary>
public sealed record ResourceType(string Group, string Version, string Plural, string Kind, bool Namespaced = true)
{
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>The path of the collection, one object or one of its subresources. No namespace means all of them.</summary>
    public string Path(string? @namespace = null, string? name = null, string? subresource = null)
    {
        var path = Group.Length == 0 ? $"api/{Version}" : $"apis/{Group}/{Version}";
        if (Namespaced && @namespace is not null)
            path += $"/namespaces/{Uri.EscapeDataString(@namespace)}";
        path += $"/{Plural}";
        if (name is not null)
            path += $"/{Uri.EscapeDataString(name)}";
        return subresource is null ? path : $"{path}/{subresource}";
    }
}

/// <summary>A typed resource: what it is called in the API, and its metadata.</summary>
public interface IKubernetesObject
{
    static abstract ResourceType Resource { get; }

    V1ObjectMeta Metadata { get; }
}
