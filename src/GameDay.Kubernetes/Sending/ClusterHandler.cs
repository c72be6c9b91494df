using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace GameDay.Kubernetes;

/// <summary>Connections are kept alive and shared: HTTP/2 where the server offers it in the TLS handshake, else HTTP/1.1.</summary>
internal static class ClusterHandler
{
    public static SocketsHttpHandler Create(KubernetesClientConfiguration config, X509Certificate2? certificate) => new()
    {
        AllowAutoRedirect = false, // a token must not follow a redirect to somebody else
        AutomaticDecompression = config.DisableCompression ? DecompressionMethods.None : DecompressionMethods.GZip,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        EnableMultipleHttp2Connections = true,
        // Finds a dead peer under a silent watch, which no request timeout would.
        KeepAlivePingDelay = TimeSpan.FromSeconds(10),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(5),
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        PooledConnectionLifetime = TimeSpan.FromMinutes(15),
        UseCookies = false,
        Proxy = config.Proxy is null ? EnvironmentProxy.Read() : EnvironmentProxy.To(config.Proxy),
        SslOptions = Tls(config, certificate),
    };

    private static SslClientAuthenticationOptions Tls(KubernetesClientConfiguration config, X509Certificate2? certificate)
    {
        var options = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = new ServerTrust(config).Validate };
        if (certificate is not null)
            options.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate;
        if (config.SslCaCerts is { } authorities && !config.SkipTlsVerify)
            options.CertificateChainPolicy = TrustOnly(authorities);
        return options;
    }

    private static X509ChainPolicy TrustOnly(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }
}
