using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using GameDay.Domain;
using GameDay.Web.CommandLine.Up;

namespace GameDay.Web.CommandLine;

/// <summary>The running app's REST API, spoken to with the token that the app left in the state directory (0600).</summary>
public sealed class ApiClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly HttpClient _http;

    public ApiClient(string url, Layout layout)
    {
        if (!File.Exists(layout.Token)) throw new StartFailed($"The token {layout.Token} is missing; is GameDay running as another user?");
        _http = new HttpClient { BaseAddress = new Uri(url), Timeout = Patience };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", File.ReadAllText(layout.Token).Trim());
    }

    public static ApiClient ToRunning(Layout layout) =>
        new((RunningInstance.Find(layout) ?? throw new RuleBroken("NotUp", "GameDay is not running in this folder. Start it with ./gameday up.")).Url, layout);

    public async Task<JsonElement> GetAsync(string path, CancellationToken ct) => await ReadAsync(await _http.GetAsync(new Uri(path, UriKind.Relative), ct), ct);

    public async Task<byte[]> DownloadAsync(string path, CancellationToken ct) => await _http.GetByteArrayAsync(new Uri(path, UriKind.Relative), ct);

    public async Task<JsonElement> PostAsync(string path, string body, string type, CancellationToken ct)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, type);
        return await ReadAsync(await _http.PostAsync(new Uri(path, UriKind.Relative), content, ct), ct);
    }

    public Task<JsonElement> PostAsync(string path, object? body, CancellationToken ct) => PostAsync(path, JsonSerializer.Serialize(body ?? new { }), "application/json", ct);

    public void Dispose() => _http.Dispose();

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer, CancellationToken ct)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync(ct);
            if (answer.IsSuccessStatusCode) return Parse(text);
            throw answer.StatusCode >= HttpStatusCode.InternalServerError ? new StartFailed(Message(text)) : new RuleBroken("Refused", Message(text));
        }
    }

    private static JsonElement Parse(string text) => text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone();

    private static string Message(string text)
    {
        try
        {
            var problem = JsonDocument.Parse(text).RootElement;
            if (problem.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array)
                return string.Join("\n  ", errors.EnumerateArray().Select(e => e.ValueKind == JsonValueKind.String ? e.GetString() : e.ToString()).Prepend("refused:"));
            if (problem.TryGetProperty("message", out var message)) return message.GetString() ?? text;
            return problem.TryGetProperty("detail", out var detail) ? detail.GetString() ?? text : text;
        }
        catch (JsonException) { return text.Length > 300 ? text[..300] : text; } // not ours: shown as it is
    }

    /// <summary>For clean-up after Ctrl-C, when the command's own token is cancelled already.</summary>
    public static CancellationToken LastWords() => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;
}
