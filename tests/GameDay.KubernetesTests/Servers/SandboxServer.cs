using System.Diagnostics;
using GameDay.Sandbox;

namespace GameDay.KubernetesTests.Servers;

/// <summary>The sandbox as users run it: a process of its own.</summary>
public sealed class SandboxServer : TestServer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly string _directory = Directory.CreateTempSubdirectory("gd-contract-").FullName;
    private Process? _process;

    public override string Name => "sandbox";

    public override string Kubeconfig => Path.Combine(_directory, "sandbox.kubeconfig");

    public override Has Has => Has.Kubelet | Has.Ownership;

    public override async Task StartAsync()
    {
        _process = Process.Start(new ProcessStartInfo("dotnet", [typeof(SandboxHost).Assembly.Location, "--port", "0", "--data", _directory, "--agent", Agent(), "--exit-with-parent"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var said = await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience) ?? "nothing";
        if (!said.StartsWith("sandbox ready", StringComparison.Ordinal))
            throw new InvalidOperationException($"The sandbox did not start; it said: {said}");
    }

    public override async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        Directory.Delete(_directory, recursive: true);
    }

    private static string Agent() => Path.Combine(AppContext.BaseDirectory, "gameday-agent");
}
