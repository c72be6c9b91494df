using GameDay.Agent.Verbs;

namespace GameDay.Agent.Processes;

/// <summary>One process fault from its first look at the target to its proved end.</summary>
internal sealed class ProcessInjecting(ProcessOptions options, IProcesses processes, EvidenceSink sink, TimeProvider clock, long started)
{
    private TimeSpan Left => options.Lifetime - clock.GetElapsedTime(started);

    public async Task<Evidence> RunAsync(CancellationToken stop)
    {
        if (Late() is { } late)
            return late;
        try
        {
            var before = await processes.ReadAsync(options.Scope, stop);
            if (before.FirstOrDefault(process => process.Stopped) is { } stopped)
                return Refused($"process {stopped} is stopped already, by {stopped.HeldBy ?? "a signal"}: it is not this injection's to continue");
            return Late() is { } tooLate ? tooLate : options.Kill ? await KillAsync(before, stop) : await HoldAsync(before, stop);
        }
        catch (ProcessProblem problem)
        {
            return Refused(problem.Message);
        }
        catch (OperationCanceledException)
        {
            return Refused("told to stop before the fault was in place");
        }
    }

    // Its word comes first: who shares the namespace of a process 1 that dies, dies with it.
    private async Task<Evidence> KillAsync(IReadOnlyList<TargetProcess> before, CancellationToken stop)
    {
        sink.Write(Say(AgentState.Active) with { ProcessesBefore = Words(before) });
        await processes.KillAsync(options.Scope, stop);
        var after = await ReadAsync();
        return after.Any(process => process.Pid == before[0].Pid)
            ? Refused($"process {before[0].Pid} still lives") with { ProcessesBefore = Words(before), Processes = Words(after) }
            : Say(AgentState.Killed) with { ProcessesBefore = Words(before), Processes = Words(after) };
    }

    private async Task<Evidence> HoldAsync(IReadOnlyList<TargetProcess> before, CancellationToken stop)
    {
        await using var hold = await processes.HoldAsync(options.Scope, options.Id, stop);
        var active = Say(AgentState.Active) with
        {
            ProcessesBefore = Words(before),
            Processes = Words(await ReadAsync()),
            RemainingMs = (long)Left.TotalMilliseconds,
        };
        sink.Write(active);
        await StayAsync(hold, stop);
        await hold.DisposeAsync();
        var end = await ProcessVerbs.ReadBackAsync(processes, options.Scope, options.Id, "inject", clock);
        return active with { State = end.State, Reason = end.Reason, Processes = end.Processes, RemainingMs = null, At = end.At };
    }

    // Until the time is up, the signal comes, or the hold has ended by itself.
    private async Task StayAsync(IHold hold, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        if (Left > TimeSpan.Zero)
            await Task.WhenAny(hold.Ended, Task.Delay(Left, clock, over.Token));
        await over.CancelAsync();
    }

    private async Task<IReadOnlyList<TargetProcess>> ReadAsync()
    {
        try
        {
            return await processes.ReadAsync(options.Scope, CancellationToken.None);
        }
        catch (ProcessProblem)
        {
            return []; // nothing of the target is left to look at
        }
    }

    private Evidence? Late()
    {
        var now = clock.GetUtcNow();
        return now > options.NotAfter ? Say(AgentState.Late) with { Reason = $"it is {now:O}, not to start after {options.NotAfter:O}" }
            : Left <= TimeSpan.Zero ? Say(AgentState.Late) with { Reason = "its deadline has passed" } : null;
    }

    private static string Words(IEnumerable<TargetProcess> found) => ProcessVerbs.Words(found);

    private Evidence Refused(string reason) => Say(AgentState.Refused) with { Reason = reason };

    private Evidence Say(string state) => new("inject", options.Id, state, clock.GetUtcNow()) { Effect = options.Says, By = "ptrace" };
}
