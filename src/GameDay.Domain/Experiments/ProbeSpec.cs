using System.Globalization;

namespace GameDay.Domain.Experiments;

/// <summary>A measurement with a tolerance. Exactly one of Http, Kubernetes and Promql is set.</summary>
public sealed record ProbeSpec
{
    public required string Name { get; init; }
    /// <summary>The question in a person's words: "Do checkouts succeed?".</summary>
    public required string Question { get; init; }
    /// <summary>Shown after the reading: %, ms, s, pods.</summary>
    public string Unit { get; init; } = "";
    /// <summary>Time between readings. Default: 1 second.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(1);
    public required Tolerance Tolerance { get; init; }
    public HttpProbe? Http { get; init; }
    public KubernetesProbe? Kubernetes { get; init; }
    public PromqlProbe? Promql { get; init; }

    /// <summary>A reading with its unit: <c>99.5%</c>, <c>3 pods</c>.</summary>
    public string InWords(double? value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.##}{(Unit is "%" or "" ? "" : " ")}{Unit}");
}

/// <summary>Inclusive bounds; at least one is set.</summary>
public sealed record Tolerance(double? Min = null, double? Max = null)
{
    public bool Holds(double value) => (Min is null || value >= Min) && (Max is null || value <= Max);
}

/// <summary><c>Success</c>: percent of answers with the expected status; <c>Latency</c>: 95th percentile in ms; both over Window. <c>Value</c>: the number that is the answer's text, the newest.</summary>
public enum HttpMeasure { Success, Latency, Value }

/// <param name="Service"><c>name.namespace:port</c>, reached through the API server's service proxy; or null when Url is set.</param>
/// <param name="Url">An absolute http(s) address, when the system is not a service of the cluster.</param>
/// <param name="Path">Path and query below the service. Default: /.</param>
/// <param name="Requests">Requests per reading, 1-20. Default: 3.</param>
/// <param name="Timeout">Per request. Default: 2 seconds.</param>
/// <param name="Window">Readings within it are taken together. Default: 5 seconds.</param>
public sealed record HttpProbe(HttpMeasure Measure, string? Service, string? Url, string Path, int ExpectStatus, int Requests, TimeSpan Timeout, TimeSpan Window);

public enum KubernetesMeasure { ReadyPods, ReadyPercent }

/// <summary>Ready pods of a deployment, as a count or as a percentage of the wanted replicas.</summary>
public sealed record KubernetesProbe(KubernetesMeasure Measure, string Namespace, string Deployment);

/// <param name="Query">A PromQL expression that yields one number.</param>
public sealed record PromqlProbe(string Query);

/// <summary>Ends the run early. Missing data for longer than <see cref="For"/> is a breach too: blind means abort.</summary>
/// <param name="Probe">Name of one of the experiment's probes.</param>
public sealed record AbortCondition(string Probe, double? Below, double? Above, TimeSpan For)
{
    public bool IsBreachedBy(double value) => value < Below || value > Above;

    public string InWords(string unit) => Below is not null ? $"{Probe} below {Below}{unit} for {For.TotalSeconds:0.#} s" : $"{Probe} above {Above}{unit} for {For.TotalSeconds:0.#} s";
}
