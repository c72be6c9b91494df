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

    /// <summary>The proxy named by the kubeconfig. Null: HTTPS_PROXY, HTTP_PROXY and NO_PROXY decide.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Do not ask for packed answers: on a fast network packing costs more than it saves.</summary>
    public bool DisableCompression { get; init; }
    public ICredentials Credentials { get; init; } = AnonymousCredentials.Instance;

    /// <summary>Longest wait for any answer but a watch. Default: 7 s, two more than the server's own limit for changes.</summary>
    public TimeSpan ClientWait { get; init; } = TimeSpan.FromSeconds(7);

    /// <summary>The time the server may take for a change; later it must not land. Default: 5 s.</summary>
    public TimeSpan ServerTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Requests per second to this cluster, on the long run. 0 is no limit. Default: 50.</summary>
    public double Qps { get; init; } = 50;

    /// <summary>Requests that may go out at once after a quiet time. Default: 300.</summary>
    public int Burst { get; init; } = 300;

    /// <summary>Reads that may be under way at once; changes, watches and whatever is urgent are not counted. Default: 50.</summary>
    public int MaxInFlight { get; init; } = 50;

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
