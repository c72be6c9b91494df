using GameDay.Kubernetes;

namespace GameDay.Faults;

/// <summary>Every kind of object that a fault makes or changes, by its marks: one list to add to when a kind touches something new.</summary>
/// <param name="namespaces">Empty: all of them.</param>
/// <param name="refused">Hears of kinds that may not be listed: what is not enabled needs no permission.</param>
internal sealed class MarkedSearch(KubernetesClient client, IReadOnlyList<string> namespaces, Action<string>? refused = null)
{
    public async Task<IReadOnlyList<MarkedObject>> FindAsync(string selector, CancellationToken ct) =>
    [
        .. await FindAsync<V1NetworkPolicy>(selector, ct), .. await FindAsync<V1Deployment>(selector, ct), .. await FindAsync<V1StatefulSet>(selector, ct),
        .. await FindAsync<V1Pod>(selector, ct), .. await FindAsync<V1Node>(selector, ct),
    ];

    private async Task<IReadOnlyList<MarkedObject>> FindAsync<T>(string selector, CancellationToken ct)
        where T : IKubernetesObject
    {
        var found = new List<MarkedObject>();
        foreach (var ns in namespaces.Count > 0 && T.Resource.Namespaced ? namespaces : [null!])
        {
            try
            {
                found.AddRange((await client.ListAsync<T>(ns, selector, cancellationToken: ct)).Items.Select(o => new MarkedObject(T.Resource, o.Metadata)));
            }
            catch (KubernetesException refusal) when (refusal.Code is 403 or 404)
            {
                refused?.Invoke($"marked {T.Resource.Plural} are not looked for: {refusal.Message}");
            }
        }

        return found;
    }
}

internal sealed record MarkedObject(ResourceType Type, V1ObjectMeta Metadata)
{
    public string Key => Metadata.Namespace is null ? $"{Type.Kind} {Metadata.Name}" : $"{Type.Kind} {Metadata.Namespace}/{Metadata.Name}";
}
