namespace GameDay.Kubernetes;

/// <summary>The API server answered, and refused.</summary>
public sealed class KubernetesException(V1Status status, string request, string? cluster = null)
    : Exception($"{(cluster is null ? "" : $"{cluster}: ")}{request}: {status.Code} {status.Reason}: {status.Message}{Advice(status.Code)}")
{
    public V1Status Status { get; } = status;

    /// <summary>The HTTP code.</summary>
    public int Code => Status.Code ?? 0;

    /// <summary>The API's word for it, such as NotFound, Conflict, AlreadyExists, Forbidden.</summary>
    public string Reason => Status.Reason ?? "";

    public bool IsNotFound => Code == 404;

    /// <summary>Somebody else was first: it exists already, moved on, or was replaced.</summary>
    public bool IsConflict => Code == 409;

    public bool IsGone => Code == 410;

    /// <summary>When the server wants to be asked again, which it says only of what it did not do.</summary>
    public TimeSpan? RetryAfter { get; init; }

    private static string Advice(int? code) => code == 401 ? " (the credentials in the kubeconfig are not, or no longer, accepted: renew them)" : "";
}

/// <summary>No usable answer came from the API server.</summary>
public sealed class ClusterUnreachableException(string cluster, string cause, bool mayHaveLanded, Exception? inner = null)
    : Exception($"The cluster '{cluster}' cannot be reached: {cause}", inner)
{
    public string Cluster { get; } = cluster;

    /// <summary>What stood in the way, in words for a person.</summary>
    public string Cause { get; } = cause;

    /// <summary>True when the request was sent: a change may be made, and must be read back.</summary>
    public bool MayHaveLanded { get; } = mayHaveLanded;
}

/// <summary>The kubeconfig, a certificate or a credential in it cannot be used.</summary>
public sealed class KubeConfigException(string message, Exception? inner = null) : Exception(message, inner);
