using System.Net.Http.Headers;
using System.Text.Json;
using GameDay.Domain.Plugins;

namespace GameDay.Integrations.Alertmanager;

/// <summary>The alerts that fire, neither silenced nor inhibited, over Alertmanager's HTTP API.</summary>
public sealed class AlertmanagerAlerts(HttpClient http, AlertmanagerOptions options) : IAlertSource
{
    public string Vendor => "Alertmanager";

    public bool IsConfigured => options.BaseAddress is not null;

    public async Task<IReadOnlyList<FiringAlert>> FiringAsync(CancellationToken ct)
    {
        if (options.BaseAddress is not { } server) throw new VendorRefused("Alertmanager is not configured. Set Alertmanager:BaseAddress.");
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{server.ToString().TrimEnd('/')}/api/v2/alerts?active=true&silenced=false&inhibited=false"));
        if (options.Token is { Length: > 0 } token) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.SendAsync(request, ct);
        return [.. (await VendorAnswer.JsonAsync(Vendor, answer, ct)).EnumerateArray().Select(Read)];
    }

    private static FiringAlert Read(JsonElement alert)
    {
        var labels = alert.GetProperty("labels");
        var told = alert.TryGetProperty("annotations", out var annotations) ? Text(annotations, "summary") ?? Text(annotations, "description") : null;
        return new(alert.GetProperty("fingerprint").GetString()!, Text(labels, "alertname") ?? "an alert without a name", told ?? "");
    }

    private static string? Text(JsonElement from, string name) => from.TryGetProperty(name, out var value) ? value.GetString() : null;
}
