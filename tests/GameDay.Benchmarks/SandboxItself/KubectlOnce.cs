using System.Diagnostics;
using GameDay.Benchmarks.Stage;

namespace GameDay.Benchmarks.SandboxItself;

/// <summary>The kubectl of this machine, run to its end.</summary>
internal static class KubectlOnce
{
    public static async Task RunAsync(string kubeconfig, IEnumerable<string> words, CancellationToken ct)
    {
        var start = new ProcessStartInfo("kubectl", ["--kubeconfig", kubeconfig, .. words]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start) ?? throw new StageFailed("kubectl did not start");
        var read = Task.WhenAll(process.StandardOutput.ReadToEndAsync(ct), process.StandardError.ReadToEndAsync(ct));
        await process.WaitForExitAsync(ct);
        var said = await read;
        if (process.ExitCode != 0) throw new StageFailed($"kubectl {string.Join(' ', words)}: {said[1].Trim()}");
    }
}
