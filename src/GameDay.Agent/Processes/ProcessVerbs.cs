namespace GameDay.Agent.Processes;

/// <summary><c>revert --process</c> and <c>status --process</c>: what another agent does about a process fault, found by its id alone.</summary>
internal static class ProcessVerbs
{
    private const int MostNamed = 12;

    /// <summary>Makes this injection's holder let go and reads back.</summary>
    public static async Task<Evidence> RevertAsync(IProcesses processes, ProcessScope scope, string id, TimeProvider clock)
    {
        try
        {
            await processes.ReleaseAsync(scope, id, CancellationToken.None);
        }
        catch (ProcessProblem problem)
        {
            return new Evidence("revert", id, AgentState.Leaked, clock.GetUtcNow()) { Reason = $"cannot read back: {problem.Message}" };
        }
        return await ReadBackAsync(processes, scope, id, "revert", clock);
    }

    /// <summary>Whether anything of the target is still held by this injection; what others stopped is told and is not ours.</summary>
    public static async Task<Evidence> ReadBackAsync(IProcesses processes, ProcessScope scope, string id, string verb, TimeProvider clock)
    {
        try
        {
            var now = await processes.ReadAsync(scope, CancellationToken.None);
            var held = now.Any(process => process.HeldBy == id);
            return new Evidence(verb, id, held ? AgentState.Leaked : AgentState.Reverted, clock.GetUtcNow())
            {
                Processes = Words(now),
                Reason = held ? "still held after revert" : Foreign(now),
            };
        }
        catch (ProcessProblem problem)
        {
            return new Evidence(verb, id, AgentState.Leaked, clock.GetUtcNow()) { Reason = $"cannot read back: {problem.Message}" };
        }
    }

    /// <summary>Looks and changes nothing.</summary>
    public static async Task<Evidence> StatusAsync(IProcesses processes, ProcessScope scope, string id, TimeProvider clock, CancellationToken ct)
    {
        try
        {
            var now = await processes.ReadAsync(scope, ct);
            var held = now.Any(process => process.HeldBy == id);
            return new Evidence("status", id, held ? AgentState.Active : AgentState.Clean, clock.GetUtcNow())
            {
                Processes = Words(now),
                Reason = held ? null : Foreign(now),
            };
        }
        catch (ProcessProblem problem)
        {
            return new Evidence("status", id, AgentState.Refused, clock.GetUtcNow()) { Reason = problem.Message };
        }
    }

    /// <summary>The first of them, by number, name and state.</summary>
    public static string Words(IEnumerable<TargetProcess> found)
    {
        var all = found.ToList();
        var named = string.Join(", ", all.Take(MostNamed));
        return all.Count > MostNamed ? $"{named} and {all.Count - MostNamed} more" : named;
    }

    private static string? Foreign(IReadOnlyList<TargetProcess> now) =>
        now.FirstOrDefault(process => process.Stopped) is { } other ? $"process {other} is stopped by {other.HeldBy ?? "a signal"}, not by this injection" : null;
}
