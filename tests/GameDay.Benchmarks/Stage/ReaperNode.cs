using GameDay.Web.CommandLine.Up;

namespace GameDay.Benchmarks.Stage;

/// <summary>One reaper process.</summary>
internal sealed class ReaperNode
{
    private const string ClockOffset = "GAMEDAY_CLOCK_OFFSET";

    public ReaperNode(int number, Layout layout, Home home, string kubeconfig)
    {
        string[] command = ["dotnet", layout.Reaper, "--kubeconfig", kubeconfig, "--name", $"reaper-{number}", "--exit-with-parent"];
        Process = new Actor($"Reaper {number}", home.Log($"reaper{number}"), command, new Dictionary<string, string>());
    }

    public Actor Process { get; }

    /// <param name="clock">Seconds by which its clock is wrong.</param>
    public void Start(int clock = 0) => Process.Start(more: new Dictionary<string, string> { [ClockOffset] = $"{clock}" });
}
