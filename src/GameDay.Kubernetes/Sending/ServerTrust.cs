using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace GameDay.Kubernetes;

/// <summary>Refuses a server's certificate with words that say what is wrong with it and where to mend that.</summary>
internal sealed class ServerTrust(KubernetesClientConfiguration config)
{
    public bool Validate(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None || config.SkipTlsVerify)
            return true;
        throw new AuthenticationException(Words(certificate as X509Certificate2, chain, errors));
    }

    private string Words(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
            return "the server showed no certificate";
        if (chain?.ChainStatus.Any(status => status.Status == X509ChainStatusFlags.NotTimeValid) == true)
            return Expired(chain) ?? $"a certificate that the server's depends on is outside its time; the server's clock or ours may be wrong";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return $"the server's certificate is for {Names(certificate)}, not for '{config.TlsServerName ?? config.Host.Host}'; use one of those names as the server, or set tls-server-name in the kubeconfig";
        var trusted = config.SslCaCerts is null ? "this machine, and the kubeconfig names no certificate-authority" : "the certificate-authority of the kubeconfig";
        return $"the server's certificate ({certificate.Subject}, issued by {certificate.Issuer}) is not trusted by {trusted}; is this the right server, and the kubeconfig up to date?";
    }

    private static string? Expired(X509Chain chain)
    {
        var bad = chain.ChainElements.FirstOrDefault(element => element.ChainElementStatus.Any(status => status.Status == X509ChainStatusFlags.NotTimeValid))?.Certificate;
        return bad is null ? null
            : $"the server's certificate ({bad.Subject}) is valid from {bad.NotBefore.ToUniversalTime():yyyy-MM-dd HH:mm} to {bad.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm} UTC and not now; renew it on the server, or look at this machine's clock";
    }

    private static string Names(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(extension => extension.EnumerateDnsNames().Concat(extension.EnumerateIPAddresses().Select(address => address.ToString()))).Take(10).ToList();
        return names.Count > 0 ? string.Join(", ", names) : certificate.Subject;
    }
}
