using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace GameDay.Kubernetes;

/// <summary>Turns one context of a kubeconfig into connection settings.</summary>
internal sealed class KubeConfigReader(KubeConfig config, TimeProvider clock)
{
    public KubernetesClientConfiguration Read(string? contextName)
    {
        var context = FindContext(contextName ?? config.CurrentContext);
        var cluster = config.Clusters.Find(c => c.Name == context.Cluster)?.Cluster
            ?? throw new KubeConfigException($"The kubeconfig has no cluster '{context.Cluster}'. It has: {Names(config.Clusters.Select(c => c.Name))}.");
        var user = context.User is null or "" ? new() : config.Users.Find(u => u.Name == context.User)?.User
            ?? throw new KubeConfigException($"The kubeconfig has no user '{context.User}'. It has: {Names(config.Users.Select(u => u.Name))}.");
        return new()
        {
            ClusterName = context.Cluster,
            Host = Server(cluster, context.Cluster),
            Namespace = context.Namespace is null or "" ? "default" : context.Namespace,
            SslCaCerts = Authorities(cluster),
            SkipTlsVerify = cluster.InsecureSkipTlsVerify,
            TlsServerName = cluster.TlsServerName,
            Proxy = ProxyOf(cluster, context.Cluster),
            DisableCompression = cluster.DisableCompression,
            Credentials = CredentialsOf(user, cluster, context.User),
        };
    }

    private KubeConfig.ContextEntry FindContext(string? name)
    {
        if (name is null or "")
            throw new KubeConfigException($"The kubeconfig has no current context; name one of: {Names(config.Contexts.Select(c => c.Name))}.");
        return config.Contexts.Find(c => c.Name == name)?.Context
            ?? throw new KubeConfigException($"The kubeconfig has no context '{name}'. It has: {Names(config.Contexts.Select(c => c.Name))}.");
    }

    // Addresses are not repeated in errors: they may hold a password.
    private static Uri Server(KubeConfig.ClusterEntry cluster, string name) =>
        Uri.TryCreate(cluster.Server, UriKind.Absolute, out var server) && server.Scheme is "https" or "http"
            ? server
            : throw new KubeConfigException($"The server of the cluster '{name}' is not an https address; it looks like https://kubernetes.example:6443.");

    private static Uri? ProxyOf(KubeConfig.ClusterEntry cluster, string name)
    {
        if (cluster.ProxyUrl is null or "")
            return null;
        return Uri.TryCreate(cluster.ProxyUrl, UriKind.Absolute, out var proxy) && proxy.Scheme is "http" or "https" or "socks5"
            ? proxy
            : throw new KubeConfigException($"The proxy-url of the cluster '{name}' is not an http, https or socks5 address; it looks like http://proxy:3128.");
    }

    private X509Certificate2Collection? Authorities(KubeConfig.ClusterEntry cluster)
    {
        if (Pem(cluster.CertificateAuthorityData, cluster.CertificateAuthority, "certificate-authority") is not { } pem)
            return null;
        return Certificates.Authorities(pem, "certificate-authority");
    }

    private ICredentials CredentialsOf(KubeConfig.UserEntry user, KubeConfig.ClusterEntry cluster, string? name)
    {
        if (user.AuthProvider is not null || user.Username is not null)
            throw new KubeConfigException($"The user '{name}' signs in by auth-provider or password, which Kubernetes has removed; use a token, a certificate or an exec plugin.");
        var certificate = ClientCertificate(user);
        if (certificate is not null && certificate.NotAfter.ToUniversalTime() < clock.GetUtcNow().UtcDateTime)
            throw new KubeConfigException($"The client certificate of the user '{name}' ({certificate.Subject}) expired on {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm} UTC; renew it in the kubeconfig.");
        if (user.Exec is { } exec)
            return new ExecCredentials(exec, config.Directory, ClusterInfo(cluster), clock);
        if (user.TokenFile is not null and not "")
            return new TokenFileCredentials(config.Resolve(user.TokenFile), clock, certificate);
        return user.Token is null or "" && certificate is null ? AnonymousCredentials.Instance : new StaticCredentials(user.Token, certificate);
    }

    private X509Certificate2? ClientCertificate(KubeConfig.UserEntry user)
    {
        var certificate = Pem(user.ClientCertificateData, user.ClientCertificate, "client-certificate");
        var key = Pem(user.ClientKeyData, user.ClientKey, "client-key");
        return certificate is null || key is null ? null : Certificates.Client(certificate, key);
    }

    private ExecClusterInfo ClusterInfo(KubeConfig.ClusterEntry cluster) => new()
    {
        Server = cluster.Server ?? "",
        TlsServerName = cluster.TlsServerName,
        InsecureSkipTlsVerify = cluster.InsecureSkipTlsVerify,
        CertificateAuthorityData = Pem(cluster.CertificateAuthorityData, cluster.CertificateAuthority, "certificate-authority") is { } pem
            ? Convert.ToBase64String(Encoding.UTF8.GetBytes(pem))
            : null,
    };

    private string? Pem(string? data, string? file, string key)
    {
        try
        {
            if (data is not null and not "")
                return Encoding.UTF8.GetString(Convert.FromBase64String(data));
            return file is null or "" ? null : File.ReadAllText(config.Resolve(file));
        }
        catch (Exception cause) when (cause is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new KubeConfigException($"The {key} of the kubeconfig cannot be read: {cause.Message}", cause);
        }
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.DefaultIfEmpty("none"));
}

/// <summary>PEM text to certificates, with an error that names the key it came from.</summary>
internal static class Certificates
{
    public static X509Certificate2Collection Authorities(string pem, string source)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPem(pem);
        }
        catch (CryptographicException cause)
        {
            throw new KubeConfigException($"The {source} holds no usable certificate: {cause.Message}", cause);
        }

        return authorities.Count > 0 ? authorities : throw new KubeConfigException($"The {source} holds no certificate.");
    }

    public static X509Certificate2 Client(string certificatePem, string keyPem)
    {
        try
        {
            return X509Certificate2.CreateFromPem(certificatePem, keyPem);
        }
        catch (CryptographicException cause)
        {
            throw new KubeConfigException($"The client certificate and its key cannot be used: {cause.Message}", cause);
        }
    }
}
