using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace GameDay.Kubernetes;

/// <summary>Runs a credential program once, never longer than 30 s.</summary>
internal sealed class ExecPlugin(KubeConfig.ExecEntry exec, string directory, TimeProvider clock)
{
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(30);

    public async Task<byte[]> RunAsync(byte[] request, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var process = Start(request);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(either.Token);
            var errors = process.StandardError.ReadToEndAsync(either.Token);
            await process.WaitForExitAsync(either.Token);
            return process.ExitCode == 0
                ? Encoding.UTF8.GetBytes(await output)
                : throw new KubeConfigException($"The exec plugin '{exec.Command}' ended with {process.ExitCode}: {(await errors).Trim()}");
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            throw new KubeConfigException($"The exec plugin '{exec.Command}' gave no answer within {Limit.TotalSeconds:0} s.");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private Process Start(byte[] request)
    {
        // As kubectl: a command with a slash is relative to the kubeconfig, one without is looked up in PATH.
        var file = exec.Command.Contains('/') ? Path.Combine(directory, exec.Command) : exec.Command;
        var start = new ProcessStartInfo(file, exec.Args ?? []) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var variable in exec.Env ?? [])
            start.Environment[variable.Name] = variable.Value;
        start.Environment["KUBERNETES_EXEC_INFO"] = Encoding.UTF8.GetString(request);
        try
        {
            var process = Process.Start(start)!;
            process.StandardInput.Close();
            return process;
        }
        catch (Win32Exception cause)
        {
            throw new KubeConfigException($"The exec plugin '{exec.Command}' cannot be started: {cause.Message} {exec.InstallHint}".TrimEnd(), cause);
        }
    }
}
