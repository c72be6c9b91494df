using GameDay.Kubernetes;

namespace GameDay.KubernetesTests.Servers;

/// <summary>Namespaces that the tests make for themselves and remove at the end; nothing else is touched.</summary>
internal static class Namespaces
{
    private const string Label = "gameday.dev/contract-test";
    private static readonly string Run = Guid.NewGuid().ToString("N")[..8];
    private static int _count;

    public static async Task<string> MakeAsync(ServerUnderTest server)
    {
        var name = $"gameday-test-{Run}-{Interlocked.Increment(ref _count)}";
        var (client, withToken) = (server.Client, server.Version < new Version(1, 24));
        var labels = new Dictionary<string, string>(StringComparer.Ordinal) { [Label] = Run };
        await client.CreateAsync(new V1Namespace { Metadata = new() { Name = name, Labels = labels } });
        // Pods are refused until the controllers have made it, before 1.24 with its token.
        await Eventually.Async(async () => await client.FindAsync<V1ServiceAccount>("default", name) is { } account && (withToken is false || account.Secrets?.Count > 0), $"the default service account of {name}");
        return name;
    }

    public static async Task RemoveAllAsync(KubernetesClient client)
    {
        foreach (var one in (await client.ListAsync<V1Namespace>(labelSelector: $"{Label}={Run}")).Items)
            await client.DeleteAsync<V1Namespace>(one.Metadata.Name!);
        await Eventually.Async(async () => (await client.ListAsync<V1Namespace>(labelSelector: $"{Label}={Run}")).Items.Count == 0, "the end of the tests' namespaces");
    }
}

/// <summary>Only to know that it is there.</summary>
internal sealed record V1ServiceAccount() : KubernetesObject(Resource), IKubernetesObject
{
    public static ResourceType Resource { get; } = new("", "v1", "serviceaccounts", "ServiceAccount");

    public IReadOnlyList<V1ObjectReference>? Secrets { get; init; }
}
