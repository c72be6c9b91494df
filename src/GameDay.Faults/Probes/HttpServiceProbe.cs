using System.Diagnostics;
using System.Globalization;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults.Probes;

/// <summary>
/// Reads a service through the API server's service proxy, or an absolute address, and answers one value per request:
/// for Success 100 or 0, for Latency milliseconds, for Value the number that the answer is.
/// A request without an answer counts as failed, and as the whole timeout; it has no value.
/// </summary>
public sealed class HttpServiceProbe(ClusterConnections clusters, HttpClient http) : IProbeSource
{
    public bool Handles(ProbeSpec probe) => probe.Http is not null;

    public async Task<IReadOnlyList<double>> ReadAsync(string cluster, ProbeSpec probe, CancellationToken ct)
    {
        var spec = probe.Http!;
        return await Task.WhenAll(Enumerable.Range(0, Math.Max(1, spec.Requests)).Select(_ => OneAsync(cluster, spec, ct)));
    }

    private async Task<double> OneAsync(string cluster, HttpProbe spec, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(spec.Timeout);
        try
        {
            return Value(spec, spec.Service is { } service ? await ThroughProxyAsync(cluster, service, spec.Path, patience.Token) : await DirectlyAsync(spec, patience.Token));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested) { return Value(spec, new(0, "", spec.Timeout)); } // too slow is an answer
        catch (HttpRequestException) when (spec.Url is not null) { return Value(spec, new(0, "", spec.Timeout)); } // refused or reset is an answer
    }

    private async Task<ProxyAnswer> ThroughProxyAsync(string cluster, string service, string path, CancellationToken ct)
    {
        var (name, ns, port) = ServiceName.Parse(service);
        try
        {
            return await clusters.For(cluster).ProxyGetAsync(ns, name, port, path, ct);
        }
        catch (KubernetesException refused) when (refused.Code is 502 or 503 or 504) { return new(refused.Code, "", TimeSpan.Zero); } // no endpoint answers: the service is down
    }

    private async Task<ProxyAnswer> DirectlyAsync(HttpProbe spec, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        using var answer = await http.GetAsync(new Uri(new Uri(spec.Url!), spec.Path), ct);
        var body = spec.Measure == HttpMeasure.Value ? await answer.Content.ReadAsStringAsync(ct) : "";
        return new((int)answer.StatusCode, body, watch.Elapsed);
    }

    private static double Value(HttpProbe spec, ProxyAnswer answer) => spec.Measure switch
    {
        HttpMeasure.Success => answer.Status == spec.ExpectStatus ? 100 : 0,
        HttpMeasure.Latency => answer.Status == 0 ? spec.Timeout.TotalMilliseconds : answer.Elapsed.TotalMilliseconds,
        _ when answer.Status == spec.ExpectStatus && double.TryParse(answer.Body.Trim(), CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) => value,
        _ => throw new InvalidDataException(answer.Status == 0 ? "no answer in time" : $"{spec.Path} answered {answer.Status}, and no number: {answer.Body[..Math.Min(answer.Body.Length, 40)].Trim()}"),
    };
}

/// <summary><c>name.namespace:port</c> taken apart.</summary>
public static class ServiceName
{
    public static (string Name, string Namespace, string Port) Parse(string text)
    {
        var parts = text.Split('.', ':');
        return parts.Length == 3 ? (parts[0], parts[1], parts[2]) : throw new FaultRefused($"'{text}' is not of the form name.namespace:port, e.g. storefront.shop:80.");
    }
}
