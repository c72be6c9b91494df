using System.Collections.Concurrent;
using GameDay.Domain;
using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults;

/// <summary>The configured clusters by name, one client each. A kubeconfig is read at first use, so that a cluster that is away delays nobody's start.</summary>
public sealed class ClusterConnections(IReadOnlyList<ClusterSource> sources, TimeProvider clock) : IClusters, IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<KubernetesClient>> _clients = new(StringComparer.Ordinal);

    public IReadOnlyList<ClusterInfo> All => [.. sources.Select(Describe)];

    public KubernetesClient For(string cluster)
    {
        var source = sources.FirstOrDefault(s => s.Name == cluster)
            ?? throw new RuleBroken("UnknownCluster", $"There is no cluster '{cluster}'. Configured: {string.Join(", ", sources.Select(s => s.Name))}.");
        var client = _clients.GetOrAdd(cluster, _ => new(() => Connect(source)));
        try { return client.Value; }
        catch (KubeConfigException) { _clients.TryRemove(cluster, out _); throw; } // a mended file is read again
    }

    public async Task<string> ProbeAsync(string cluster, CancellationToken ct) => (await For(cluster).VersionAsync(ct)).GitVersion ?? "unknown version";

    public void Dispose()
    {
        foreach (var client in _clients.Values.Where(c => c.IsValueCreated)) client.Value.Dispose();
    }

    private KubernetesClient Connect(ClusterSource source)
    {
        try
        {
            var config = source.Kubeconfig is { } path ? KubernetesClientConfiguration.FromKubeConfig(path, source.Context, clock) : KubernetesClientConfiguration.InCluster(clock);
            return new(config with { ClusterName = source.Name, Qps = source.Rate.Qps, Burst = source.Rate.Burst }, clock);
        }
        catch (KubeConfigException cause)
        {
            throw new KubeConfigException($"The cluster '{source.Name}' ({source.Kubeconfig ?? "the service account of this pod"}) cannot be used: {cause.Message}", cause);
        }
    }

    private static ClusterInfo Describe(ClusterSource source) => new(source.Name, source.IsSandbox, source.Kubeconfig ?? "in-cluster service account");
}

/// <param name="Name">How plans name it.</param>
/// <param name="Kubeconfig">Path of its kubeconfig; null for the cluster that GameDay itself runs in.</param>
/// <param name="Context">Context in that kubeconfig; null for its current one.</param>
public sealed record ClusterSource(string Name, bool IsSandbox, string? Kubeconfig, string? Context = null)
{
    /// <summary>How fast its API server may be asked. The sandbox is our own and has no limit unless one is given.</summary>
    public ClusterRate Rate { get; init; } = IsSandbox ? ClusterRate.None : new();
}

/// <param name="Qps">Requests per second on the long run; 0 is no limit. Reverts, their proofs and all changes never wait for it. Default: 50.</param>
/// <param name="Burst">Requests at once after a quiet time. Default: 300.</param>
public sealed record ClusterRate(double Qps = 50, int Burst = 300)
{
    public static ClusterRate None { get; } = new(0, 0);
}
