using System.Security.Cryptography.X509Certificates;

namespace GameDay.Kubernetes;

/// <summary>Who we are to the API server. Called before every request; answers from memory as long as it may.</summary>
public interface ICredentials
{
    /// <summary>The bearer token, if there is one. <paramref name="refused"/>: what the server just refused, if it did.</summary>
    /// <exception cref="KubeConfigException">None can be had.</exception>
    ValueTask<string?> TokenAsync(UsedCredentials? refused, CancellationToken cancellationToken);

    /// <summary>The certificate for the TLS handshake, if there is one.</summary>
    X509Certificate2? ClientCertificate { get; }

    /// <summary>Whether asking again after a 401 can help.</summary>
    bool CanRefresh { get; }
}

/// <summary>What one request was signed with.</summary>
public sealed class UsedCredentials(string? token, X509Certificate2? certificate)
{
    public string? Token => token;
    public X509Certificate2? Certificate => certificate;
}

public sealed class AnonymousCredentials : ICredentials
{
    public static AnonymousCredentials Instance { get; } = new();

    public X509Certificate2? ClientCertificate => null;
    public bool CanRefresh => false;

    public ValueTask<string?> TokenAsync(UsedCredentials? refused, CancellationToken cancellationToken) => new((string?)null);
}

public sealed class StaticCredentials(string? token, X509Certificate2? certificate = null) : ICredentials
{
    public X509Certificate2? ClientCertificate => certificate;
    public bool CanRefresh => false;

    public ValueTask<string?> TokenAsync(UsedCredentials? refused, CancellationToken cancellationToken) => new(token);
}

/// <summary>A token the kubelet rotates under us: read again every minute, and whenever the server refuses it.</summary>
public sealed class TokenFileCredentials(string path, TimeProvider clock, X509Certificate2? certificate = null) : ICredentials
{
    private static readonly TimeSpan KeepFor = TimeSpan.FromMinutes(1);
    private volatile Held? _held;

    public X509Certificate2? ClientCertificate => certificate;
    public bool CanRefresh => true;

    public async ValueTask<string?> TokenAsync(UsedCredentials? refused, CancellationToken cancellationToken)
    {
        if (refused is null && _held is { } held && clock.GetElapsedTime(held.ReadAt) < KeepFor)
            return held.Token;
        try
        {
            var token = (await File.ReadAllTextAsync(path, cancellationToken)).Trim();
            _held = new(token, clock.GetTimestamp());
            return token;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new KubeConfigException($"The token file '{path}' cannot be read: {cause.Message}", cause);
        }
    }

    private sealed record Held(string Token, long ReadAt);
}
