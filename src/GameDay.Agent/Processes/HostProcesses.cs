using System.Globalization;

namespace GameDay.Agent.Processes;

/// <summary>The real thing: <c>/proc</c>, signals and ptrace in the PID namespace this process is in.</summary>
public sealed class HostProcesses(TimeProvider clock) : IProcesses
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <inheritdoc />
    public Task<IReadOnlyList<TargetProcess>> ReadAsync(ProcessScope scope, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<TargetProcess>>([.. ProcessTable.Read(scope).Select(row => new TargetProcess(row.Pid, row.Name, row.State, HolderOf(row)))]);

    /// <inheritdoc />
    public async Task KillAsync(ProcessScope scope, CancellationToken ct)
    {
        var target = ProcessTable.Read(scope)[0];
        // From inside its namespace the kernel drops every signal for number 1, SIGKILL too; what a tracer asked for on its end it does send.
        var refused = target.Pid == 1 ? await KillByTracingAsync(target.Pid) : Native.Signal(target.Pid, Native.Kill);
        if (refused == Native.NotPermitted && target.Pid != 1)
            refused = await KillByTracingAsync(target.Pid);
        if (refused is not 0 and not Native.NoSuchProcess)
            throw new ProcessProblem(NotPermitted(target, refused));
        await UntilAsync(() => !Lives(target), Patience, ct);
    }

    /// <inheritdoc />
    public async Task<IHold> HoldAsync(ProcessScope scope, string id, CancellationToken ct)
    {
        var hold = new TracerHold(scope);
        try
        {
            await hold.Standing;
            return hold;
        }
        catch (ProcessProblem)
        {
            await hold.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public async Task ReleaseAsync(ProcessScope scope, string id, CancellationToken ct)
    {
        foreach (var signal in new[] { Native.Term, Native.Kill })
        {
            var holders = ProcessTable.Read(scope).Where(row => HolderOf(row) == id).Select(row => ProcessTable.TracerOf(row.Pid)).Where(pid => pid > 0).Distinct().ToList();
            foreach (var holder in holders)
                Native.Signal(holder, signal);
            if (holders.Count == 0 || await UntilAsync(() => ProcessTable.Read(scope).All(row => HolderOf(row) != id), Patience, ct))
                return;
        }
    }

    /// <summary>What a refusal of the kernel means, in words that help.</summary>
    internal static string NotPermitted(ProcessRow target, int error) => error == Native.NotPermitted
        ? $"process {target.Pid} ({target.Name}) may not be traced: it needs the capability SYS_PTRACE, and nobody else tracing it"
        : string.Create(CultureInfo.InvariantCulture, $"process {target.Pid} ({target.Name}): errno {error}");

    private static string? HolderOf(ProcessRow row)
    {
        if (row.State != "t" || ProcessTable.TracerOf(row.Pid) is not (> 0 and var tracer))
            return row.State == "t" ? "a tracer elsewhere" : null;
        var words = ProcessTable.WordsOf(tracer);
        var at = Array.FindIndex(words, word => word == "--id" || word.StartsWith("--id=", StringComparison.Ordinal));
        return at < 0 ? $"pid {tracer}" : words[at].Contains('=', StringComparison.Ordinal) ? words[at]["--id=".Length..] : words.ElementAtOrDefault(at + 1);
    }

    private static Task<int> KillByTracingAsync(int pid)
    {
        var result = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        // The end of this very thread is what kills.
        new Thread(() => result.SetResult(Native.TakeToKill(pid))) { IsBackground = true }.Start();
        return result.Task;
    }

    private static bool Lives(ProcessRow target)
    {
        try
        {
            return ProcessTable.Read(new ProcessScope(null, target.Pid))[0].Started == target.Started;
        }
        catch (ProcessProblem)
        {
            return false;
        }
    }

    private async Task<bool> UntilAsync(Func<bool> done, TimeSpan patience, CancellationToken ct)
    {
        for (var started = clock.GetTimestamp(); !done(); await Task.Delay(Pause, clock, ct))
        {
            if (clock.GetElapsedTime(started) > patience)
                return false;
        }
        return true;
    }
}
