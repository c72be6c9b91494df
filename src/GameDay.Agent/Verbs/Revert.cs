using GameDay.Agent.Kernel;
using GameDay.Agent.Network;
using GameDay.Agent.Options;
using GameDay.Agent.Processes;

namespace GameDay.Agent.Verbs;

/// <summary>Takes one injection out of the kernel and proves it by reading back.</summary>
public sealed class Revert : IVerb
{
    /// <inheritdoc />
    public Task<Evidence> RunAsync(CommandLine line, IKernel kernel, EvidenceSink sink, TimeProvider clock, CancellationToken stop)
    {
        line.Allow("id", "process", "container", "pid");
        if (line.Optional("process") is not null)
            return ProcessVerbs.RevertAsync(kernel.Processes, ProcessOptions.ScopeOf(line), line.Id(), clock);
        return RunAsync(new Names(line.Id()), kernel, clock, "revert");
    }

    /// <summary>The same as the end of another verb. It cannot be cancelled: a signal must not leave a fault behind.</summary>
    public static async Task<Evidence> RunAsync(Names names, IKernel kernel, TimeProvider clock, string verb)
    {
        try
        {
            var (left, complaint) = await new Undo(kernel, clock).RunAsync(names, CancellationToken.None);
            return new Evidence(verb, names.Id, left.Clean ? AgentState.Reverted : AgentState.Leaked, clock.GetUtcNow())
            {
                Reason = left.Clean ? null : $"still there after revert: {complaint ?? "deleted without complaint, yet listed"}",
                Table = left.Table,
                Qdisc = left.Qdisc,
                RemainingMs = left.RemainingMs,
            };
        }
        catch (KernelProblem problem)
        {
            return new Evidence(verb, names.Id, AgentState.Leaked, clock.GetUtcNow()) { Reason = $"cannot read back: {problem.Message}" };
        }
    }
}
