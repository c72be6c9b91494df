using System.Security.Cryptography.X509Certificates;

namespace GameDay.Kubernetes;

/// <summary>The connection pool of one cluster, made anew when the client certificate changes: an open connection keeps the old one.</summary>
internal sealed class Connections(KubernetesClientConfiguration config) : IDisposable
{
    private readonly Lock _one = new();
    private HttpMessageInvoker? _invoker;
    private X509Certificate2? _certificate;

    public HttpMessageInvoker For(X509Certificate2? certificate)
    {
        lock (_one)
        {
            if (_invoker is not null && ReferenceEquals(certificate, _certificate))
                return _invoker;
            // Requests under way on the old pool end well: it only lets go of what is idle.
            _invoker?.Dispose();
            _certificate = certificate;
            return _invoker = new(ClusterHandler.Create(config, certificate), disposeHandler: true);
        }
    }

    public void Dispose()
    {
        lock (_one)
            _invoker?.Dispose();
    }
}
