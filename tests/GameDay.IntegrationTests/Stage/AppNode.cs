using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using GameDay.Web.CommandLine;
using GameDay.Web.Hosting;

namespace GameDay.IntegrationTests.Stage;

/// <summary>One real app process (<c>serve</c>) that can be killed, paused and started again.</summary>
public sealed class AppNode : IAsyncDisposable
{
    private readonly string _data;
    private readonly ProcessStartInfo _command;
    private readonly Queue<string> _said = new();
    private Process? _process;

    public AppNode(string data, string database, string kubeconfig, string root)
    {
        _data = data;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
        }
        _command = new ProcessStartInfo("dotnet", [typeof(WebHost).Assembly.Location, "serve", "--port", $"{Address.Port}", "--data", data, "--root", root, "--sandbox", kubeconfig, "--exit-with-parent"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        _command.Environment[ServeCommand.ConnectionVariable] = database;
    }

    public Uri Address { get; }
    public int Pid => _process?.Id ?? 0;
    public bool IsRunning => _process is { HasExited: false };
    public string Said { get { lock (_said) return string.Join('\n', _said); } }

    public async Task StartAsync()
    {
        _process = Process.Start(_command)!;
        _ = HearAsync(_process.StandardOutput);
        _ = HearAsync(_process.StandardError);
        using var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(10) };
        var waited = Stopwatch.StartNew();
        while (!await IsReadyAsync(http))
        {
            if (!IsRunning || waited.Elapsed > TimeSpan.FromSeconds(120)) throw new InvalidOperationException($"The app did not start:\n{Said}");
            await Task.Delay(100);
        }
    }

    public async Task<Guid> CreateAsync(string yaml)
    {
        using var http = Api();
        using var created = await http.PostAsync(new Uri("api/exercises", UriKind.Relative), new StringContent(yaml));
        var body = await created.Content.ReadAsStringAsync();
        return created.IsSuccessStatusCode ? JsonDocument.Parse(body).RootElement.GetProperty("id").GetGuid() : throw new InvalidOperationException(body);
    }

    /// <summary>Lets policy run it, without a reaper: the node, and the fault's own ends, are what is tested.</summary>
    public async Task GoAsync(Guid exercise)
    {
        using var http = Api();
        using var started = await http.PostAsJsonAsync($"api/exercises/{exercise}/run?withoutReaper=true", new { });
        if (!started.IsSuccessStatusCode) throw new InvalidOperationException(await started.Content.ReadAsStringAsync());
    }

    public async Task AbortAsync(Guid exercise)
    {
        using var http = Api();
        (await http.PostAsJsonAsync($"api/exercises/{exercise}/abort", new { reason = "the test says so" })).EnsureSuccessStatusCode();
    }

    public Task SignalAsync(string signal) => Process.Start("kill", [signal, $"{Pid}"]).WaitForExitAsync();

    public async Task KillAsync()
    {
        await SignalAsync("-KILL");
        await _process!.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (IsRunning) await KillAsync();
        _process?.Dispose();
    }

    private HttpClient Api()
    {
        var http = new HttpClient { BaseAddress = Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", File.ReadAllText(Path.Combine(_data, "api.token")).Trim());
        return http;
    }

    private static async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("readyz", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false; // not listening yet
        }
    }

    private async Task HearAsync(StreamReader from)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            lock (_said)
            {
                _said.Enqueue(line);
                if (_said.Count > 40) _said.Dequeue();
            }
        }
    }
}
