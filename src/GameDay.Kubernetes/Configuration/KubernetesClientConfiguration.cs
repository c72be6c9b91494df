using System.Security.Cryptography.X509Certificates;

namespace GameDay.Kubernetes;

/// <summary>How to reach one cluster and as whom.</summary>
public sealed record KubernetesClientConfiguration
{
    /// <summary>The name people know the cluster by; it stands in every error.</summary>
    public required string ClusterName { get; init; }

    public required Uri Host { get; init; }

    /// <summary>The namespace of the context; <c>default</c> when it names none.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>Trusted roots. Null: those of the machine.</summary>
    public X509Certificate2Collection? SslCaCerts { get; init; }

    public bool SkipTlsVerify { get; init; }
    public string? TlsServerName { get; init; }
    public Uri? Proxy { get; init; }
    public ICredentials Credentials { get; init; } = AnonymousCredentials.Instance;

    /// <summary>Longest wait for any answer but a watch. Default: 7 s, two more than the server's own limit for changes.</summary>
    public TimeSpan ClientWait { get; init; } = TimeSpan.FromSeconds(7);

    /// <summary>The time the server may take for a change; later it must not land. Default: 5 s.</summary>
    public TimeSpan ServerTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <exception cref="KubeConfigException">The context or something it names is missing or unusable.</exception>
    public static KubernetesClientConfiguration FromKubeConfig(string path, string? context = null, TimeProvider? clock = null) =>
        FromKubeConfig(KubeConfig.Load(path), context, clock);

    /// <inheritdoc cref="FromKubeConfig(string, string, TimeProvider)"/>
    public static KubernetesClientConfiguration FromKubeConfig(KubeConfig config, string? context = null, TimeProvider? clock = null) =>
        new KubeConfigReader(config, clock ?? TimeProvider.System).Read(context);

    public static bool IsInCluster() => InClusterConfig.IsAvailable();

    /// <summary>The service account of the pod this process runs in.</summary>
    public static KubernetesClientConfiguration InCluster(TimeProvider? clock = null) => InClusterConfig.Read(clock ?? TimeProvider.System);
}
