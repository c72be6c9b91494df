using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using GameDay.Web.CommandLine;
using GameDay.Web.CommandLine.Up;

namespace GameDay.Benchmarks.Stage;

/// <summary>One app process and its REST API, as the command line uses it.</summary>
internal sealed class AppNode
{
    private readonly HttpClient _http;
    private readonly string _data;
    private readonly Func<int, string[]> _command;

    public AppNode(int number, Layout layout, Home home, string kubeconfig, string database, string? plant = null)
    {
        var port = FreePort();
        _data = home.Below($"app{number}");
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(60) };
        string[] common = ["--port", $"{port}", "--data", _data, "--root", layout.Root, "--sandbox", kubeconfig];
        _command = clock => plant is null && clock == 0
            ? ["dotnet", layout.BuiltApp(), "serve", .. common, "--exit-with-parent"]
            : ["dotnet", Built.Host, "host-app", .. common, "--clock", $"{clock}", .. plant is null ? Array.Empty<string>() : ["--plant", plant]];
        Process = new Actor($"App {number}", home.Log($"app{number}"), _command(0),
            // A thousand pods at once are more than a server allows by default.
            new Dictionary<string, string> { [ServeCommand.ConnectionVariable] = database, ["Limits__MaxTargetsAtOnce"] = "2000" });
    }

    public Actor Process { get; }

    public async Task StartAsync(TimeSpan patience, CancellationToken ct)
    {
        Process.Start();
        await ReadyAsync(patience, ct);
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(Path.Combine(_data, "api.token"), ct)).Trim());
    }

    public Task ReadyAsync(TimeSpan patience, CancellationToken ct) => Process.UntilAsync(() => IsReadyAsync(ct), patience, ct);

    /// <summary>Starts it again after a kill, without waiting.</summary>
    /// <param name="clock">Seconds by which its clock is wrong.</param>
    public void Restart(int clock) => Process.Start(_command(clock));

    /// <summary>Creates the exercise and lets policy run it.</summary>
    public async Task<Guid> RunAsync(string yaml, CancellationToken ct)
    {
        using var content = new StringContent(yaml, Encoding.UTF8, "application/yaml");
        var created = await ReadAsync(await _http.PostAsync(new Uri("api/exercises", UriKind.Relative), content, ct), ct);
        var id = created["id"]!.GetValue<Guid>();
        await ReadAsync(await _http.PostAsJsonAsync($"api/exercises/{id}/run", new { }, ct), ct);
        return id;
    }

    public async Task AbortAsync(Guid id, CancellationToken ct) => await ReadAsync(await _http.PostAsJsonAsync($"api/exercises/{id}/abort", new { reason = "the bench says so" }, ct), ct);

    private async Task<bool> IsReadyAsync(CancellationToken ct)
    {
        try { return (await _http.GetAsync(new Uri("readyz", UriKind.Relative), ct)).IsSuccessStatusCode; }
        catch (HttpRequestException) { return false; } // not listening yet
    }

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage answer, CancellationToken ct)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync(ct);
            return answer.IsSuccessStatusCode ? JsonNode.Parse(text.Length > 0 ? text : "{}")! : throw new StageFailed($"the app answered {(int)answer.StatusCode}: {text}");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
