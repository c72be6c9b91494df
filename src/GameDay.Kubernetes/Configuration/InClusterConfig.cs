using System.Security.Cryptography.X509Certificates;

namespace GameDay.Kubernetes;

/// <summary>What Kubernetes mounts into every pod with a service account.</summary>
internal static class InClusterConfig
{
    private const string Mount = "/var/run/secrets/kubernetes.io/serviceaccount";

    public static bool IsAvailable() => Address() is not null && File.Exists($"{Mount}/token");

    public static KubernetesClientConfiguration Read(TimeProvider clock) => IsAvailable()
        ? Read(Mount, Address()!, clock)
        : throw new KubeConfigException("This process does not run in a pod with a service account.");

    internal static KubernetesClientConfiguration Read(string mount, Uri address, TimeProvider clock) => new()
    {
        ClusterName = "in-cluster",
        Host = address,
        Namespace = File.ReadAllText($"{mount}/namespace").Trim(),
        SslCaCerts = Authorities($"{mount}/ca.crt"),
        Credentials = new TokenFileCredentials($"{mount}/token", clock),
    };

    private static X509Certificate2Collection Authorities(string file) => Certificates.Authorities(File.ReadAllText(file), "service account's ca.crt");

    private static Uri? Address()
    {
        var host = Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST");
        var port = Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_PORT");
        if (string.IsNullOrEmpty(host) || string.IsNullOrEmpty(port))
            return null;
        return new Uri(host.Contains(':') ? $"https://[{host}]:{port}" : $"https://{host}:{port}");
    }
}
