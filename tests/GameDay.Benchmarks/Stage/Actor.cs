using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GameDay.Benchmarks.Stage;

/// <summary>A program of the stage as a process that can be killed, stopped and started again. It ends with this one: its standard input closes.</summary>
internal sealed partial class Actor(string name, string logFile, IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment) : IAsyncDisposable
{
    private const int SigKill = 9;
    private const int SigTerm = 15;
    private const int SigContinue = 18;
    private const int SigStop = 19;
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(20);
    private readonly Lock _writing = new();
    private Process? _process;
    private string _last = "";

    public string Name => name;
    public string LastLine => _last;
    public int Id => _process?.Id ?? 0;
    public bool IsRunning => _process is { HasExited: false };

    /// <param name="instead">Another command line for this start.</param>
    /// <param name="more">Variables of this start only.</param>
    public void Start(IReadOnlyList<string>? instead = null, IReadOnlyDictionary<string, string>? more = null)
    {
        var info = new ProcessStartInfo("setsid", instead ?? command) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (key, value) in environment.Concat(more ?? new Dictionary<string, string>())) info.Environment[key] = value;
        _process?.Dispose();
        _process = Process.Start(info) ?? throw new StageFailed($"{name} did not start");
        _ = PumpAsync(_process.StandardOutput);
        _ = PumpAsync(_process.StandardError);
    }

    public async Task UntilAsync(Func<Task<bool>> ready, TimeSpan patience, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        while (!await ready())
        {
            if (!IsRunning) throw new StageFailed($"{name} ended while starting; see {logFile}: {LastLine}");
            if (watch.Elapsed > patience) throw new StageFailed($"{name} was not ready after {patience.TotalSeconds:0} s; see {logFile}: {LastLine}");
            await Task.Delay(50, ct);
        }
    }

    public void Kill() => Send(SigKill);

    public void Pause() => Send(SigStop);

    public void Continue() => Send(SigContinue);

    public async Task StopAsync()
    {
        if (!IsRunning) return;
        Send(SigContinue);
        Send(SigTerm);
        using var patience = new CancellationTokenSource(StopWithin);
        try { await _process!.WaitForExitAsync(patience.Token); }
        catch (OperationCanceledException) { _process!.Kill(entireProcessTree: true); }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process?.Dispose();
    }

    private void Send(int signal)
    {
        if (IsRunning) Signal(_process!.Id, signal);
    }

    private async Task PumpAsync(StreamReader from)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            _last = line;
            lock (_writing) File.AppendAllText(logFile, line + "\n");
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int pid, int signal);
}
