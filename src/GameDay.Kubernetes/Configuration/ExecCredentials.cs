using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Serialization;

namespace GameDay.Kubernetes;

/// <summary>Credentials from a program the kubeconfig names (client.authentication.k8s.io), kept until they expire.</summary>
internal sealed class ExecCredentials(KubeConfig.ExecEntry exec, string directory, ExecClusterInfo cluster, TimeProvider clock)
    : ICredentials, IDisposable
{
    /// <summary>Handed out again only while at least this much of their life is left.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim _one = new(1);
    private ExecCredential.ExecStatus? _status;

    public X509Certificate2? ClientCertificate { get; private set; }
    public bool CanRefresh => true;

    public async ValueTask<string?> TokenAsync(UsedCredentials? refused, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_status is null || IsCurrent(refused) || _status.ExpirationTimestamp <= clock.GetUtcNow() + Margin)
                Use(await AskAsync(cancellationToken));
            return _status!.Token;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    /// <summary>Whether nobody has asked since. By reference: an answer that says the same again is a new one, and not to be asked for by each call refused.</summary>
    private bool IsCurrent(UsedCredentials? refused) =>
        refused is not null && ReferenceEquals(refused.Token, _status?.Token) && ReferenceEquals(refused.Certificate, ClientCertificate);

    private void Use(ExecCredential.ExecStatus status)
    {
        _status = status;
        if (status is { ClientCertificateData: { } certificate, ClientKeyData: { } key })
            ClientCertificate = Certificates.Client(certificate, key);
    }

    private async Task<ExecCredential.ExecStatus> AskAsync(CancellationToken cancellationToken)
    {
        if (exec.InteractiveMode == "Always")
            throw new KubeConfigException($"The exec plugin '{exec.Command}' insists on a terminal, which a server does not have.");
        var request = new ExecCredential
        {
            ApiVersion = exec.ApiVersion,
            Spec = new() { Cluster = exec.ProvideClusterInfo ? cluster : null },
        };
        var output = await new ExecPlugin(exec, directory, clock).RunAsync(KubernetesJson.Serialize(request), cancellationToken);
        return Parse(output).Status is { } status and ({ Token: not null } or { ClientCertificateData: not null })
            ? status
            : throw new KubeConfigException($"The exec plugin '{exec.Command}' gave neither a token nor a certificate.");
    }

    private ExecCredential Parse(byte[] output)
    {
        try
        {
            return KubernetesJson.Deserialize<ExecCredential>(output) ?? new();
        }
        catch (System.Text.Json.JsonException cause)
        {
            throw new KubeConfigException($"The exec plugin '{exec.Command}' did not print an ExecCredential.", cause);
        }
    }
}

internal sealed record ExecCredential
{
    public string? ApiVersion { get; init; }
    public string Kind { get; init; } = "ExecCredential";
    public ExecSpec? Spec { get; init; }
    public ExecStatus? Status { get; init; }

    internal sealed record ExecSpec
    {
        public bool Interactive { get; init; }
        public ExecClusterInfo? Cluster { get; init; }
    }

    internal sealed record ExecStatus
    {
        public DateTimeOffset? ExpirationTimestamp { get; init; }
        public string? Token { get; init; }
        public string? ClientCertificateData { get; init; }
        public string? ClientKeyData { get; init; }
    }
}

internal sealed record ExecClusterInfo
{
    public string Server { get; init; } = "";

    [JsonPropertyName("tls-server-name")]
    public string? TlsServerName { get; init; }

    [JsonPropertyName("insecure-skip-tls-verify")]
    public bool InsecureSkipTlsVerify { get; init; }

    [JsonPropertyName("certificate-authority-data")]
    public string? CertificateAuthorityData { get; init; }
}
