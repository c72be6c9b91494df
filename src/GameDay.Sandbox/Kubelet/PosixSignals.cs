using System.Runtime.InteropServices;

namespace GameDay.Sandbox.Kubelet;

/// <summary>What System.Diagnostics.Process cannot send.</summary>
internal static partial class PosixSignals
{
    private const int Term = 15;

    /// <summary>Asks a process to end; false when it is gone already.</summary>
    public static bool Terminate(int pid) => Kill(pid, Term) == 0;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int pid, int signal);
}
