namespace GameDay.Agent.Processes;

/// <summary>
/// One thread that traces every thread of the target and keeps them stopped. SIGSTOP would be dropped for process 1, and would
/// outlive this process; a tracer's stop works for all and ends with the tracer, however it ends.
/// </summary>
internal sealed class TracerHold : IHold
{
    private const int MostRounds = 2000;
    private const int RoundMilliseconds = 1;
    private const int GlanceMilliseconds = 100;
    private readonly ProcessScope _scope;
    private readonly HashSet<int> _held = [];
    private readonly ManualResetEventSlim _letGo = new();
    private readonly TaskCompletionSource _standing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TracerHold(ProcessScope scope)
    {
        _scope = scope;
        new Thread(Run) { IsBackground = true, Name = "tracer" }.Start();
    }

    /// <summary>Ends when every thread of the target is stopped; a <see cref="ProcessProblem"/> when that cannot be.</summary>
    public Task Standing => _standing.Task;

    public Task Ended => _ended.Task;

    public async ValueTask DisposeAsync()
    {
        _letGo.Set();
        await Ended;
    }

    private void Run()
    {
        try
        {
            StopAll();
            _standing.SetResult();
            // Who traces must also notice the end of what it traces, or a killed process stays a zombie.
            while (!_letGo.Wait(GlanceMilliseconds) && _held.Count > 0)
                _held.RemoveWhere(Native.HasEnded);
        }
        catch (Exception problem)
        {
            _standing.TrySetException(problem as ProcessProblem ?? new ProcessProblem($"{problem.GetType().Name}: {problem.Message}"));
        }
        finally
        {
            foreach (var thread in _held)
                Native.LetGo(thread);
            _ended.SetResult();
        }
    }

    // A thread that still runs may start another: it is over when a whole look finds only stopped ones.
    private void StopAll()
    {
        for (var round = 0; round < MostRounds; round++)
        {
            if (Look())
                return;
            _letGo.Wait(RoundMilliseconds);
        }
        throw new ProcessProblem("a thread of the target did not stop: it waits in the kernel (state D)");
    }

    private bool Look()
    {
        var allStopped = true;
        foreach (var process in ProcessTable.Read(_scope))
        {
            foreach (var (thread, state) in ProcessTable.Threads(process.Pid))
            {
                if (ProcessTable.HasEnded(state))
                    continue;
                if (!_held.Contains(thread))
                    Take(process, thread);
                allStopped &= state is "t";
            }
        }
        return allStopped;
    }

    private void Take(ProcessRow process, int thread)
    {
        var refused = Native.TakeThread(thread);
        // The kernel says "not permitted" too of one that is ending; the next look tells.
        if (refused == Native.NoSuchProcess || (refused == Native.NotPermitted && ProcessTable.IsEnding(process.Pid, thread)))
            return;
        if (refused != 0)
            throw new ProcessProblem(HostProcesses.NotPermitted(process, refused));
        _held.Add(thread);
        Native.StopThread(thread);
    }
}
