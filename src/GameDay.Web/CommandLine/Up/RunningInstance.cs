using System.Diagnostics;
using System.Text.Json;

namespace GameDay.Web.CommandLine.Up;

/// <summary>What a running <c>./gameday up</c> left in .gameday/up.json for the other commands.</summary>
public sealed record RunningInstance(int SupervisorPid, int AppPid, int SandboxPid, string Url, DateTimeOffset StartedAt)
{
    public int ReaperPid { get; init; }

    /// <summary>Addresses of what watches the sandbox; null when nothing of ours does.</summary>
    public string? Prometheus { get; init; }
    public string? Alertmanager { get; init; }

    public static RunningInstance? Find(Layout layout)
    {
        if (!File.Exists(layout.Running)) return null;
        try
        {
            var found = JsonSerializer.Deserialize<RunningInstance>(File.ReadAllText(layout.Running));
            return found is not null && IsAlive(found.SupervisorPid) ? found : null;
        }
        catch (JsonException) { return null; } // half-written by a machine that lost power: as good as absent
    }

    public void Save(Layout layout) => File.WriteAllText(layout.Running, JsonSerializer.Serialize(this));

    private static bool IsAlive(int pid)
    {
        try { using var process = Process.GetProcessById(pid); return process.ProcessName is "dotnet" or "GameDay.Web"; }
        catch (ArgumentException) { return false; } // no such process
    }
}
