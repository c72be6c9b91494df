using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Shouldly;

namespace GameDay.EndToEndTests.Stage;

/// <summary>The product's REST API with the command line's token, for what a test prepares or reads past the pages.</summary>
public sealed class LocalApi : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly HttpClient _http;

    public LocalApi(Product product)
    {
        _http = new HttpClient { BaseAddress = product.Url };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", File.ReadAllText(Path.Combine(product.State, "api.token")).Trim());
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A shipped exercise with its faults lasting as long as given.</summary>
    public static string Shipped(string name, string duration) => string.Join('\n', File.ReadAllLines(Path.Combine(Product.Root, $"runbooks/exercises/{name}.yaml"))
        .Select(l => l.StartsWith("    duration:", StringComparison.Ordinal) ? $"    duration: {duration}" : l));

    /// <summary>Creates the exercise and lets policy run it.</summary>
    public async Task<string> RunAsync(string yaml)
    {
        using var answer = await _http.PostAsync("api/exercises", new StringContent(yaml, Encoding.UTF8, "application/yaml"), Ct);
        var body = await answer.Content.ReadAsStringAsync(Ct);
        answer.IsSuccessStatusCode.ShouldBeTrue(body);
        var id = JsonDocument.Parse(body).RootElement.GetProperty("id").GetString()!;
        using var started = await _http.PostAsJsonAsync($"api/exercises/{id}/run", new { }, Ct);
        started.IsSuccessStatusCode.ShouldBeTrue(await started.Content.ReadAsStringAsync(Ct));
        return id;
    }

    public async Task<JsonElement> GetAsync(string path) => await _http.GetFromJsonAsync<JsonElement>(path, Ct);

    /// <summary>False while the app is down.</summary>
    public async Task<bool> HasEndedAsync(string id)
    {
        try { return (await GetAsync($"api/exercises/{id}/timeline?after=0&wait=0")).GetProperty("ended").GetBoolean(); }
        catch (HttpRequestException) { return false; }
    }

    public async Task<bool> IsInRunStateAsync(string id, string state) =>
        (await GetAsync($"api/exercises/{id}")).GetProperty("runs").EnumerateArray().Any(r => r.GetProperty("state").GetString() == state);

    public Task AbortAsync(string id) => _http.PostAsJsonAsync($"api/exercises/{id}/abort", new { reason = "the test is over" }, Ct);

    /// <summary>Waits for something that this exercise brings about; when it never comes, or the exercise ends before, its timeline says why.</summary>
    public async Task UntilAsync(string what, string id, Func<Task<bool>> holds)
    {
        try
        {
            await UntilAsync(what, async () => await holds() || (await HasEndedAsync(id) && !await holds() ? throw new TimeoutException($"The exercise ended without: {what}") : false));
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}. Its timeline:\n{await TimelineAsync(id)}", e);
        }
    }

    public static async Task UntilAsync(string what, Func<Task<bool>> holds)
    {
        var watch = Stopwatch.StartNew();
        while (!await holds())
        {
            if (watch.Elapsed > Patience) throw new TimeoutException($"Waited {Patience.TotalSeconds:0} s for: {what}");
            await Task.Delay(200, Ct);
        }
    }

    private async Task<string> TimelineAsync(string id) => string.Join('\n', (await GetAsync($"api/exercises/{id}/timeline?after=0&wait=0"))
        .GetProperty("entries").EnumerateArray().Select(e => $"{e.GetProperty("seq")} {e.GetProperty("at")} {e.GetProperty("kind")}: {e.GetProperty("text")}"));

    public void Dispose() => _http.Dispose();
}
