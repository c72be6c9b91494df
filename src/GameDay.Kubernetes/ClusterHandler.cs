using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace GameDay.Kubernetes;

/// <summary>One connection pool per cluster: kept alive, HTTP/2 where the server offers it.</summary>
internal static class ClusterHandler
{
    public static SocketsHttpHandler Create(KubernetesClientConfiguration config)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // a token must not follow a redirect to somebody else
            AutomaticDecompression = DecompressionMethods.GZip,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            EnableMultipleHttp2Connections = true,
            // Finds a dead peer under a silent watch, which no request timeout would.
            KeepAlivePingDelay = TimeSpan.FromSeconds(10),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(5),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            PooledConnectionLifetime = TimeSpan.FromMinutes(15),
            UseCookies = false,
            SslOptions = Tls(config),
        };
        if (config.Proxy is not null)
            handler.Proxy = new WebProxy(config.Proxy);
        else
            handler.UseProxy = !config.Host.IsLoopback;
        return handler;
    }

    private static SslClientAuthenticationOptions Tls(KubernetesClientConfiguration config)
    {
        var options = new SslClientAuthenticationOptions
        {
            LocalCertificateSelectionCallback = (_, _, _, _, _) => config.Credentials.ClientCertificate!,
        };
        if (config.SkipTlsVerify)
            options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        else if (config.SslCaCerts is { } authorities)
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
