using System.Runtime.InteropServices;

namespace GameDay.Agent.Processes;

/// <summary>The calls into the kernel that .NET has no words for. Errors are errno values; 0 is success.</summary>
internal static partial class Native
{
    public const int NotPermitted = 1;
    public const int NoSuchProcess = 3;
    public const int Term = 15;
    public const int Kill = 9;
    private const nint Seize = 0x4206;
    private const nint Interrupt = 0x4207;
    private const nint Detach = 17;
    private const nint ExitKill = 1 << 20;
    private const int NoHang = 1;
    private const int AnyThread = 0x40000000;

    /// <summary>Becomes the tracer of one thread. Tracing belongs to the calling thread and ends with it.</summary>
    public static int TakeThread(int tid) => Error(PTrace(Seize, tid, 0, 0));

    /// <summary>The same, and the process is killed when the calling thread ends.</summary>
    public static int TakeToKill(int pid) => Error(PTrace(Seize, pid, 0, ExitKill));

    /// <summary>Stops a thread that is traced by the calling one.</summary>
    public static int StopThread(int tid) => Error(PTrace(Interrupt, tid, 0, 0));

    /// <summary>Lets a stopped thread run on, and stops tracing it.</summary>
    public static int LetGo(int tid) => Error(PTrace(Detach, tid, 0, 0));

    /// <summary>Takes note of a traced thread's end, without which its process would stay a zombie. True when it has ended.</summary>
    public static bool HasEnded(int tid) =>
        WaitPid(tid, out var status, NoHang | AnyThread) == tid ? (status & 0xff) != 0x7f : Marshal.GetLastPInvokeError() == NoSuchChild;

    public static int Signal(int pid, int signal) => Error(SendSignal(pid, signal));

    private const int NoSuchChild = 10;

    private static int Error(nint result) => result == -1 ? Marshal.GetLastPInvokeError() : 0;

    [LibraryImport("libc", EntryPoint = "ptrace", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint PTrace(nint request, nint pid, nint address, nint data);

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int WaitPid(int pid, out int status, int options);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int pid, int signal);
}
