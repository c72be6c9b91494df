using System.Diagnostics;
using System.Text.Json;

namespace GameDay.IntegrationTests.Agent;

/// <summary>The real agent executable as a child process, its evidence read line by line.</summary>
public sealed class AgentProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Process _process;

    private AgentProcess(Process process) => _process = process;

    public static string Executable => Path.Combine(AppContext.BaseDirectory, "gameday-agent");

    public static string InSeconds(double seconds) => DateTimeOffset.UtcNow.AddSeconds(seconds).ToString("yyyy-MM-ddTHH:mm:ss.fffZ");

    /// <summary>Starts <c>PREFIX… gameday-agent WORDS…</c>; the prefix is e.g. <c>ip netns exec NAME</c>.</summary>
    public static AgentProcess Start(string words, IReadOnlyDictionary<string, string>? environment = null, params string[] prefix)
    {
        string[] all = [.. prefix, Executable, .. words.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        var start = new ProcessStartInfo(all[0], all[1..]) { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return new AgentProcess(Process.Start(start)!);
    }

    public static async Task<JsonElement> RunAsync(string words, IReadOnlyDictionary<string, string>? environment = null, params string[] prefix)
    {
        using var agent = Start(words, environment, prefix);
        var evidence = await agent.NextAsync();
        await agent.ExitAsync();
        return evidence;
    }

    public async Task<JsonElement> NextAsync()
    {
        var line = await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        return JsonDocument.Parse(line ?? throw new InvalidOperationException("The agent ended without evidence.")).RootElement;
    }

    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public void Kill() => _process.Kill(entireProcessTree: true);

    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
