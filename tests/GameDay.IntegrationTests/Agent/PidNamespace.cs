using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace GameDay.IntegrationTests.Agent;

/// <summary>A program as process 1 of a PID namespace of its own, as in a container. It counts aloud, so that running and stopped are heard.</summary>
public sealed class PidNamespace : IDisposable
{
    private const string SleepingBetween = "sleep 0.05";
    private const string Ended = "ended ";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _outside;
    private readonly ConcurrentQueue<long> _heard = new();
    private readonly TaskCompletionSource<int> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="between">What it does after each number; children of it come and go.</param>
    public PidNamespace(string between = SleepingBetween)
    {
        var counting = $"mount -t proc proc /proc && i=0; while :; do i=$((i+1)); echo $i; {between}; done";
        // The first child of who unshared is process 1 inside; its parent stays outside and tells how it ended.
        string[] words = ["--pid", "--mount", "bash", "-c", $"bash -c '{counting}'; echo {Ended}$?"];
        _outside = Process.Start(new ProcessStartInfo("unshare", words) { UseShellExecute = false, RedirectStandardOutput = true })!;
        _ = ListenAsync();
    }

    /// <summary>How often it was heard.</summary>
    public int Heard => _heard.Count;

    /// <summary>The longest it was silent.</summary>
    public TimeSpan LongestSilence => _heard.Zip(_heard.Skip(1), (one, next) => Stopwatch.GetElapsedTime(one, next)).DefaultIfEmpty().Max();

    /// <summary>Prefix that runs a program inside, beside process 1.</summary>
    public string[] Inside => ["nsenter", "--pid", "--mount", "--target", $"{HostPid}"];

    /// <summary>Number of the process that holds process 1, as the machine counts; 0 for none.</summary>
    public int Tracer => int.Parse(
        File.ReadLines($"/proc/{HostPid}/status").First(line => line.StartsWith("TracerPid:", StringComparison.Ordinal)).AsSpan("TracerPid:".Length).Trim(), CultureInfo.InvariantCulture);

    private int HostPid => int.Parse(File.ReadAllText($"/proc/{_outside.Id}/task/{_outside.Id}/children").Trim(), CultureInfo.InvariantCulture);

    /// <summary>Waits until it is heard again, twice.</summary>
    public async Task CountsOnAsync()
    {
        var before = Heard;
        for (var started = Stopwatch.GetTimestamp(); Heard < before + 2; await Task.Delay(20))
        {
            if (Stopwatch.GetElapsedTime(started) > Patience)
                throw new TimeoutException("process 1 does not count on");
        }
    }

    /// <summary>Runs a program inside to its end.</summary>
    public async Task RunAsync(params string[] words)
    {
        string[] all = [.. Inside, .. words];
        using var process = Process.Start(all[0], all[1..]);
        await process.WaitForExitAsync().WaitAsync(Patience);
    }

    /// <summary>128 and the signal that ended process 1.</summary>
    public async Task<int> EndAsync()
    {
        await _outside.WaitForExitAsync().WaitAsync(Patience);
        return await _ended.Task.WaitAsync(Patience);
    }

    public void Dispose()
    {
        if (!_outside.HasExited)
            _outside.Kill(entireProcessTree: true);
        _outside.Dispose();
    }

    private async Task ListenAsync()
    {
        while (await _outside.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(Ended, StringComparison.Ordinal))
                _ended.SetResult(int.Parse(line.AsSpan(Ended.Length), CultureInfo.InvariantCulture));
            else
                _heard.Enqueue(Stopwatch.GetTimestamp());
        }
    }
}
