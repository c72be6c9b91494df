using System.Collections.Concurrent;
using System.Diagnostics;
using GameDay.EndToEndTests.Stage;
using Shouldly;

[assembly: AssemblyFixture(typeof(Product))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace GameDay.EndToEndTests.Stage;

/// <summary>The product as a user starts it: <c>./gameday up</c> in a state directory of its own, stopped with Ctrl-C.</summary>
public sealed class Product : IAsyncLifetime
{
    private const string Ready = "GameDay is ready at ";
    private static readonly TimeSpan StartWithin = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(60);
    private readonly string _state = Directory.CreateTempSubdirectory("gd-e2e-").FullName;
    private readonly ConcurrentQueue<string> _said = new();
    private readonly TaskCompletionSource<Uri> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process? _up;

    public Uri Url { get; private set; } = null!;

    public Tracker Tracker { get; } = new();

    public static string Root { get; } = FindRoot();

    /// <summary>The product's state directory: token, up.json, logs.</summary>
    public string State => _state;

    public string Said => string.Join('\n', _said);

    public async ValueTask InitializeAsync()
    {
        await Tracker.StartAsync();
        // While writing tests: one that is running already, so that nothing is built and started each time.
        if (Environment.GetEnvironmentVariable("GAMEDAY_E2E_URL") is { Length: > 0 } running)
        {
            Url = new Uri(running);
            return;
        }
        // PostgreSQL runs as nobody when we are root, who must be able to walk here.
        File.SetUnixFileMode(_state, File.GetUnixFileMode(_state) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        _up = Start(_state, ["up", "--port", "0"], Tracker);
        _up.OutputDataReceived += (_, line) => Hear(line.Data);
        _up.ErrorDataReceived += (_, line) => Hear(line.Data);
        _up.Exited += (_, _) => _ready.TrySetException(new InvalidOperationException($"'./gameday up' ended before it was ready:\n{Said}"));
        _up.BeginOutputReadLine();
        _up.BeginErrorReadLine();
        Url = await _ready.Task.WaitAsync(StartWithin);
    }

    public async ValueTask DisposeAsync()
    {
        if (_up is { HasExited: false })
        {
            // Ctrl-C; a runner that was started in the background has it ignored, and TERM says the same.
            await SignalAsync("-INT");
            if (!_up.WaitForExit(TimeSpan.FromSeconds(10))) await SignalAsync("-TERM");
            using var patience = new CancellationTokenSource(StopWithin);
            await _up.WaitForExitAsync(patience.Token);
        }
        _up?.Dispose();
        File.Exists(Path.Combine(_state, "postgres/data/postmaster.pid")).ShouldBeFalse("Ctrl-C stops PostgreSQL too");
        await Tracker.DisposeAsync();
        Directory.Delete(_state, recursive: true);
    }

    /// <summary>Runs <c>./gameday</c> with these arguments against the same state directory.</summary>
    /// <returns>Exit code and everything it printed.</returns>
    public Task<(int Code, string Output)> RunAsync(params string[] arguments) => RunInAsync(_state, arguments);

    /// <summary>The same in another state directory, as a second clone would.</summary>
    public static async Task<(int Code, string Output)> RunInAsync(string state, params string[] arguments)
    {
        using var process = Start(state, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }

    private static Process Start(string state, string[] arguments, Tracker? tracker = null)
    {
        var command = new ProcessStartInfo(Path.Combine(Root, "gameday"), arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = Root };
        command.Environment["GAMEDAY_HOME"] = state;
        command.Environment.Remove("ConnectionStrings__GameDay");
        foreach (var (name, value) in tracker?.Settings ?? []) command.Environment[name] = value;
        var process = new Process { StartInfo = command, EnableRaisingEvents = true };
        process.Start().ShouldBeTrue();
        return process;
    }

    private async Task SignalAsync(string signal) => await Process.Start("kill", [signal, $"{_up!.Id}"]).WaitForExitAsync();

    private void Hear(string? line)
    {
        if (line is null) return;
        _said.Enqueue(line);
        if (line.StartsWith(Ready, StringComparison.Ordinal)) _ready.TrySetResult(new Uri(line[Ready.Length..].Trim()));
    }

    private static string FindRoot()
    {
        for (var d = new DirectoryInfo(AppContext.BaseDirectory); d is not null; d = d.Parent)
            if (File.Exists(Path.Combine(d.FullName, "gameday"))) return d.FullName;
        throw new InvalidOperationException("These tests run from inside a clone of the repository.");
    }
}
