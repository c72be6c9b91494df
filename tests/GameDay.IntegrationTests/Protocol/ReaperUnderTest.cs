using System.Collections.Concurrent;
using System.Diagnostics;
using GameDay.IntegrationTests.Kubernetes;
using GameDay.IntegrationTests.Sandbox;
using Shouldly;

namespace GameDay.IntegrationTests.Protocol;

/// <summary>The reaper as a process of its own, with short times.</summary>
public sealed class ReaperUnderTest : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task _reading;

    private ReaperUnderTest(Process process)
    {
        _process = process;
        _reading = ReadAsync();
    }

    public ConcurrentQueue<string> Lines { get; } = new();

    public string Log => string.Join('\n', Lines);

    public static async Task<ReaperUnderTest> StartAsync(RunningSandbox sandbox, string installation, string name, int clockOffsetSeconds = 0, params string[] more)
    {
        var start = new ProcessStartInfo("dotnet", [Program(), "--kubeconfig", sandbox.Kubeconfig, "--installation", installation, "--name", name, "--quiet-seconds", "4", "--grace-seconds", "0.5", .. more])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        start.Environment["GAMEDAY_CLOCK_OFFSET"] = $"{clockOffsetSeconds}";
        var reaper = new ReaperUnderTest(Process.Start(start)!);
        await RunningSandbox.EventuallyAsync(() => Task.FromResult(reaper.Log), log => reaper._process.HasExited || log.Contains("reaper ready", StringComparison.Ordinal), "the reaper's start");
        reaper.Log.ShouldContain("reaper ready");
        return reaper;
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await Finished.RunAsync("kill", ["-TERM", $"{_process.Id}"]);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        await _process.WaitForExitAsync(patience.Token);
        await _reading;
        _process.Dispose();
    }

    public static string Root()
    {
        for (var d = new DirectoryInfo(AppContext.BaseDirectory); d is not null; d = d.Parent)
            if (File.Exists(Path.Combine(d.FullName, "GameDay.sln"))) return d.FullName;
        throw new InvalidOperationException("GameDay.sln is not above the tests' folder");
    }

    /// <summary>Built beside these tests, in the same configuration.</summary>
    private static string Program() =>
        Path.Combine(Root(), "src/GameDay.Reaper", Path.GetRelativePath(Path.Combine(Root(), "tests/GameDay.IntegrationTests"), AppContext.BaseDirectory), "gameday-reaper.dll");

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
            Lines.Enqueue(line);
    }
}
