using System.Diagnostics;

namespace GameDay.KubernetesTests.Servers;

/// <summary>The kubectl of this machine, run to its end.</summary>
internal static class Kubectl
{
    private static readonly string Cache = Directory.CreateTempSubdirectory("gd-kubectl-").FullName;

    public sealed record Finished(int Code, string Output, string Error);

    public static async Task<Finished> RunAsync(string kubeconfig, string commandLine, string? input = null)
    {
        var start = new ProcessStartInfo("kubectl", [$"--kubeconfig={kubeconfig}", .. Words(commandLine)])
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        // Discovery is kept per host and port, which tests use again for other servers.
        start.Environment["KUBECACHEDIR"] = Path.Combine(Cache, $"{kubeconfig.GetHashCode(StringComparison.Ordinal):x}");
        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(deadline.Token), process.StandardError.ReadToEndAsync(deadline.Token));
        await process.WaitForExitAsync(deadline.Token);
        return new(process.ExitCode, await output, await error);
    }

    public static void Forget() => Directory.Delete(Cache, recursive: true);

    /// <summary>Words between blanks; single quotes hold words together.</summary>
    private static IEnumerable<string> Words(string commandLine) =>
        System.Text.RegularExpressions.Regex.Matches(commandLine, "'(?<w>[^']*)'|(?<w>[^ ]+)", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(match => match.Groups["w"].Value);
}
