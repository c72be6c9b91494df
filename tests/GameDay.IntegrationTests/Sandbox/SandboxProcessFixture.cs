using System.Diagnostics;
using GameDay.Sandbox;
using Shouldly;
using Xunit;

namespace GameDay.IntegrationTests.Sandbox;

/// <summary>The sandbox as users run it: a process of its own, spoken to by the kubectl on this machine.</summary>
public sealed class SandboxProcessFixture : IAsyncLifetime
{
    private readonly string directory = Directory.CreateTempSubdirectory("sandbox-process").FullName;
    private Process process = null!;

    public string Kubeconfig => Path.Combine(directory, "sandbox.kubeconfig");

    public string Ready { get; private set; } = "";

    public static string Program => typeof(SandboxHost).Assembly.Location;

    public async ValueTask InitializeAsync()
    {
        process = Process.Start(new ProcessStartInfo("dotnet", [Program, "--port", "0", "--data", directory])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        Ready = await process.StandardOutput.ReadLineAsync(deadline.Token) ?? "";
    }

    /// <summary>Runs kubectl and expects it to succeed.</summary>
    public async Task<string> KubectlAsync(string commandLine, string? input = null)
    {
        var finished = await TryKubectlAsync(commandLine, input);
        finished.Code.ShouldBe(0, $"kubectl {commandLine}\n{finished.Output}{finished.Error}");
        return finished.Output;
    }

    public Task<Finished> TryKubectlAsync(string commandLine, string? input = null)
    {
        var places = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        Assert.SkipUnless(Array.Exists(places, place => File.Exists(Path.Combine(place, "kubectl"))), "there is no kubectl on this machine");
        return Finished.RunAsync("kubectl", [$"--kubeconfig={Kubeconfig}", .. commandLine.Split(' ')], input);
    }

    /// <summary>Asks the process to stop as a supervisor does, and returns its exit code.</summary>
    public async Task<int> StopAsync()
    {
        if (!process.HasExited)
        {
            await Finished.RunAsync("kill", ["-TERM", process.Id.ToString()]);
        }

        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await process.WaitForExitAsync(deadline.Token);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        process.Dispose();
        Directory.Delete(directory, recursive: true);
    }
}
