namespace GameDay.Integrations.Prometheus;

/// <summary>Section <c>Prometheus</c> of the configuration.</summary>
public sealed record PrometheusOptions
{
    /// <summary>Address of the server. Key Prometheus:BaseAddress. Default: none, PromQL probes are refused as "no data".</summary>
    public Uri? BaseAddress { get; init; }

    /// <summary>Bearer token where the server wants one. Key Prometheus:Token.</summary>
    public string? Token { get; init; }
}
