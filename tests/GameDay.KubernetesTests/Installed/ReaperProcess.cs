using System.Collections.Concurrent;
using System.Diagnostics;

namespace GameDay.KubernetesTests.Installed;

/// <summary>The reaper as a process of its own, as its service account, with short times.</summary>
internal sealed class ReaperProcess : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly Process _process;

    private ReaperProcess(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) => _lines.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _lines.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Log => string.Join('\n', _lines);

    public static async Task<ReaperProcess> StartAsync(Installation installation)
    {
        var program = Path.Combine(Installation.Root(), "src/GameDay.Reaper", Path.GetRelativePath(Path.Combine(Installation.Root(), "tests/GameDay.KubernetesTests"), AppContext.BaseDirectory), "gameday-reaper.dll");
        string[] arguments = [program, "--kubeconfig", installation.ReaperKubeconfig, "--installation", installation.Options.InstallationId, "--name", "contract", "--quiet-seconds", "4", "--grace-seconds", "0.5", "--exit-with-parent"];
        var reaper = new ReaperProcess(Process.Start(new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!);
        await Eventually.Async(() => Task.FromResult(reaper._process.HasExited || reaper.Log.Contains("reaper ready", StringComparison.Ordinal)), "the reaper's start");
        return reaper._process.HasExited ? throw new InvalidOperationException($"The reaper ended:\n{reaper.Log}") : reaper;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _process.WaitForExitAsync(patience.Token);
        _process.Dispose();
    }
}
