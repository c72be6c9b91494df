using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GameDay.Web.CommandLine.Up;

/// <summary>
/// A program of ours as a process of its own, in its own session so that Ctrl-C reaches only the supervisor.
/// It holds a pipe on its standard input: when the supervisor dies, however, the pipe closes and the child stops itself.
/// </summary>
public sealed partial class ChildProcess(string name, string logFile, IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, Action<string>? hear = null) : IAsyncDisposable
{
    private const int SigTerm = 15;
    // The app reverts what is in place before it ends; its host gives it 30 seconds.
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(40);
    private readonly Queue<string> _lastLines = new();
    private Process? _process;
    private Task _reading = Task.CompletedTask;

    public string Name => name;
    public string LogFile => logFile;
    public int Id => _process?.Id ?? 0;
    public bool IsRunning => _process is { HasExited: false };
    public Task Exited => _process?.WaitForExitAsync() ?? Task.CompletedTask;
    public string LastLines { get { lock (_lastLines) return string.Join("\n  ", _lastLines); } }

    public void Start()
    {
        var info = new ProcessStartInfo("setsid", command) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (key, value) in environment) info.Environment[key] = value;
        _process = Process.Start(info) ?? throw new InvalidOperationException($"{name} did not start");
        _reading = Task.WhenAll(PumpAsync(_process.StandardOutput), PumpAsync(_process.StandardError));
    }

    /// <summary>Waits until <paramref name="isReady"/> says so; throws with the last lines when the program ends first or takes too long.</summary>
    public async Task WaitAsync(Func<Task<bool>> isReady, TimeSpan patience, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        while (!await isReady())
        {
            if (!IsRunning) { await _reading; throw new StartFailed($"{name} ended while starting (log: {logFile}):\n  {LastLines}"); }
            if (watch.Elapsed > patience) throw new StartFailed($"{name} was not ready after {patience.TotalSeconds:0} s (log: {logFile}):\n  {LastLines}");
            await Task.Delay(50, ct);
        }
    }

    public async Task StopAsync()
    {
        if (_process is not { HasExited: false } process) return;
        Signal(process.Id, SigTerm);
        using var patience = new CancellationTokenSource(StopPatience);
        try { await process.WaitForExitAsync(patience.Token); }
        catch (OperationCanceledException) { process.Kill(entireProcessTree: true); }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process?.Dispose();
    }

    private async Task PumpAsync(StreamReader from)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            hear?.Invoke(line);
            lock (_lastLines)
            {
                _lastLines.Enqueue(line);
                if (_lastLines.Count > 12) _lastLines.Dequeue();
                File.AppendAllText(logFile, line + "\n");
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int pid, int signal);
}

/// <summary>Something that GameDay needs did not come up; the message says what and where to look.</summary>
public sealed class StartFailed(string message) : Exception(message);
