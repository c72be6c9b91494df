using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;

namespace GameDay.Integrations.Prometheus;

/// <summary>Instant queries over Prometheus' HTTP API. An empty result, several series or NaN is "no data", never zero.</summary>
public sealed class PrometheusProbe(HttpClient http, PrometheusOptions options) : IProbeSource
{
    public bool Handles(ProbeSpec probe) => probe.Promql is not null;

    public async Task<IReadOnlyList<double>> ReadAsync(string cluster, ProbeSpec probe, CancellationToken ct)
    {
        if (options.BaseAddress is not { } server) throw new VendorRefused($"Probe '{probe.Name}' asks Prometheus, but none is configured. Set Prometheus:BaseAddress.");
        var address = new Uri($"{server.ToString().TrimEnd('/')}/api/v1/query?query={Uri.EscapeDataString(probe.Promql!.Query)}");
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (options.Token is { Length: > 0 } token) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.SendAsync(request, ct);
        return [Single(probe, (await VendorAnswer.JsonAsync("Prometheus", answer, ct)).GetProperty("data"))];
    }

    private static double Single(ProbeSpec probe, JsonElement data)
    {
        var result = data.GetProperty("result");
        var isScalar = data.GetProperty("resultType").GetString() == "scalar";
        if (!isScalar && result.GetArrayLength() != 1)
            throw new HttpRequestException($"Probe '{probe.Name}': the query gave {result.GetArrayLength()} series; it must give exactly one number.");
        var pair = isScalar ? result : result[0].GetProperty("value");
        var value = double.Parse(pair[1].GetString()!, CultureInfo.InvariantCulture);
        return double.IsNaN(value) ? throw new HttpRequestException($"Probe '{probe.Name}': the query gave NaN, which is no data.") : value;
    }
}
