using System.Diagnostics;
using GameDay.Benchmarks.Stage;

namespace GameDay.Benchmarks.Cluster;

/// <summary>The real kubectl, its time and the most memory it held. Its discovery cache is kept between runs, as a person's is.</summary>
internal sealed class Kubectl(Home home)
{
    public Process Start(string kubeconfig, params string[] words)
    {
        var start = new ProcessStartInfo("kubectl", ["--kubeconfig", kubeconfig, .. words]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["HOME"] = home.Path;
        var process = Process.Start(start) ?? throw new StageFailed("kubectl did not start");
        _ = process.StandardError.ReadToEndAsync();
        return process;
    }

    public async Task<Ran> RunAsync(string kubeconfig, CancellationToken ct, params string[] words)
    {
        var began = Stopwatch.GetTimestamp();
        using var process = Start(kubeconfig, words);
        var lines = CountLinesAsync(process.StandardOutput, ct);
        var peak = 0.0;
        while (!process.HasExited)
        {
            peak = Math.Max(peak, Memory.Peak(process.Id) is var now && !double.IsNaN(now) ? now : 0);
            await Task.WhenAny(process.WaitForExitAsync(ct), Task.Delay(5, ct));
        }
        return new(Stopwatch.GetElapsedTime(began), await lines, peak);
    }

    private static async Task<int> CountLinesAsync(StreamReader from, CancellationToken ct)
    {
        var count = 0;
        while (await from.ReadLineAsync(ct) is not null) count++;
        return count;
    }

    internal sealed record Ran(TimeSpan Took, int Lines, double PeakMegabytes);
}
