using YamlDotNet.Serialization;

namespace GameDay.Kubernetes;

/// <summary>A kubeconfig file as it is written. Only a named file is ever read, never the ambient one.</summary>
public sealed class KubeConfig
{
    [YamlMember(Alias = "current-context")]
    public string? CurrentContext { get; set; }

    [YamlMember(Alias = "contexts")]
    public List<NamedContext> Contexts { get; set; } = [];

    [YamlMember(Alias = "clusters")]
    public List<NamedCluster> Clusters { get; set; } = [];

    [YamlMember(Alias = "users")]
    public List<NamedUser> Users { get; set; } = [];

    /// <summary>Reads a file. Relative paths in it are relative to its directory.</summary>
    /// <exception cref="KubeConfigException">The file is missing or is not a kubeconfig.</exception>
    public static KubeConfig Load(string path)
    {
        try
        {
            var config = Parse(File.ReadAllText(path), path);
            config.Directory = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
            return config;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new KubeConfigException($"The kubeconfig '{path}' cannot be read: {cause.Message}", cause);
        }
    }

    public static KubeConfig Parse(string yaml, string source = "kubeconfig")
    {
        try
        {
            return new DeserializerBuilder().IgnoreUnmatchedProperties().Build().Deserialize<KubeConfig?>(yaml)
                ?? throw new KubeConfigException($"The kubeconfig '{source}' is empty.");
        }
        catch (YamlDotNet.Core.YamlException cause)
        {
            throw new KubeConfigException($"The kubeconfig '{source}' is not valid YAML at line {cause.Start.Line}, column {cause.Start.Column}: {cause.Message}", cause);
        }
    }

    [YamlIgnore]
    public string Directory { get; private set; } = ".";

    internal string Resolve(string path) => Path.Combine(Directory, path);

    public sealed class NamedContext
    {
        [YamlMember(Alias = "name")] public string Name { get; set; } = "";
        [YamlMember(Alias = "context")] public ContextEntry Context { get; set; } = new();
    }

    public sealed class ContextEntry
    {
        [YamlMember(Alias = "cluster")] public string Cluster { get; set; } = "";
        [YamlMember(Alias = "user")] public string? User { get; set; }
        [YamlMember(Alias = "namespace")] public string? Namespace { get; set; }
    }

    public sealed class NamedCluster
    {
        [YamlMember(Alias = "name")] public string Name { get; set; } = "";
        [YamlMember(Alias = "cluster")] public ClusterEntry Cluster { get; set; } = new();
    }

    public sealed class ClusterEntry
    {
        [YamlMember(Alias = "server")] public string? Server { get; set; }
        [YamlMember(Alias = "certificate-authority")] public string? CertificateAuthority { get; set; }
        [YamlMember(Alias = "certificate-authority-data")] public string? CertificateAuthorityData { get; set; }
        [YamlMember(Alias = "insecure-skip-tls-verify")] public bool InsecureSkipTlsVerify { get; set; }
        [YamlMember(Alias = "tls-server-name")] public string? TlsServerName { get; set; }
        [YamlMember(Alias = "proxy-url")] public string? ProxyUrl { get; set; }
        [YamlMember(Alias = "disable-compression")] public bool DisableCompression { get; set; }
    }

    public sealed class NamedUser
    {
        [YamlMember(Alias = "name")] public string Name { get; set; } = "";
        [YamlMember(Alias = "user")] public UserEntry User { get; set; } = new();
    }

    public sealed class UserEntry
    {
        [YamlMember(Alias = "token")] public string? Token { get; set; }
        [YamlMember(Alias = "tokenFile")] public string? TokenFile { get; set; }
        [YamlMember(Alias = "client-certificate")] public string? ClientCertificate { get; set; }
        [YamlMember(Alias = "client-certificate-data")] public string? ClientCertificateData { get; set; }
        [YamlMember(Alias = "client-key")] public string? ClientKey { get; set; }
        [YamlMember(Alias = "client-key-data")] public string? ClientKeyData { get; set; }
        [YamlMember(Alias = "exec")] public ExecEntry? Exec { get; set; }
        [YamlMember(Alias = "auth-provider")] public object? AuthProvider { get; set; }
        [YamlMember(Alias = "username")] public string? Username { get; set; }
    }

    public sealed class ExecEntry
    {
        [YamlMember(Alias = "apiVersion")] public string ApiVersion { get; set; } = "client.authentication.k8s.io/v1";
        [YamlMember(Alias = "command")] public string Command { get; set; } = "";
        [YamlMember(Alias = "args")] public List<string>? Args { get; set; }
        [YamlMember(Alias = "env")] public List<ExecVariable>? Env { get; set; }
        [YamlMember(Alias = "installHint")] public string? InstallHint { get; set; }
        [YamlMember(Alias = "provideClusterInfo")] public bool ProvideClusterInfo { get; set; }
        [YamlMember(Alias = "interactiveMode")] public string? InteractiveMode { get; set; }
    }

    public sealed class ExecVariable
    {
        [YamlMember(Alias = "name")] public string Name { get; set; } = "";
        [YamlMember(Alias = "value")] public string? Value { get; set; }
    }
}
