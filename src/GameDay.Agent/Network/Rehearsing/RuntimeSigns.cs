using GameDay.Agent.Kernel;

namespace GameDay.Agent.Network.Rehearsing;

/// <summary>Signs of a runtime that puts a kernel of its own between the pod and the node.</summary>
public static class RuntimeSigns
{
    /// <summary>gVisor or Kata, or null without a sign of either.</summary>
    public static async Task<string?> ReadAsync(IKernel kernel, CancellationToken ct)
    {
        // gVisor answers with one fixed release and build date whatever the node runs.
        if ((await kernel.ReadAsync("/proc/version", ct))?.Contains("Sun Jan 10 15:06:54 PST 2016", StringComparison.Ordinal) == true)
            return "gVisor";
        // Kata's guest mounts its root over a share of that name.
        var mounts = await kernel.ReadAsync("/proc/mounts", ct) ?? "";
        return mounts.Contains("kataShared", StringComparison.Ordinal) ? "Kata" : null;
    }
}
