using GameDay.Agent.Kernel;
using GameDay.Agent.Network;
using GameDay.Agent.Options;
using GameDay.Agent.Processes;

namespace GameDay.Agent.Verbs;

/// <summary>
/// Reads what one injection has in the kernel, and with a probe address measures what it does. Changes nothing.
/// Inside the container that injects, what that measured is told along.
/// </summary>
public sealed class Status : IVerb
{
    private static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    public async Task<Evidence> RunAsync(CommandLine line, IKernel kernel, EvidenceSink sink, TimeProvider clock, CancellationToken stop)
    {
        line.Allow("id", "probe", "process", "container", "pid");
        if (line.Optional("process") is not null)
            return await ProcessVerbs.StatusAsync(kernel.Processes, ProcessOptions.ScopeOf(line), line.Id(), clock, stop);
        var names = new Names(line.Id());
        var probe = line.OptionalEndPoint("probe");
        try
        {
            var found = await Footprint.ReadAsync(new KernelReader(kernel), names, stop);
            var meter = new Meter(kernel, names, probe);
            var seen = found.Found is { Drops: true } ? await meter.CutAsync(baseline: null, stop)
                : await meter.DelayAsync(LongestHold, baseline: null, stop) with { Counters = await meter.CountersAsync(stop) };
            return Describe(found, clock).With(seen with { Not = null }).Measured(sink.Kept(), seen.EffectMs);
        }
        catch (KernelProblem problem)
        {
            return new Evidence("status", names.Id, AgentState.Refused, clock.GetUtcNow()) { Reason = problem.Message };
        }
    }

    private static Evidence Describe(Footprint found, TimeProvider clock) =>
        new("status", found.Names.Id, found.Clean ? AgentState.Clean : found.Live ? AgentState.Active : AgentState.Leaked, clock.GetUtcNow())
        {
            Reason = found.Clean || found.Live ? null : "inert, but its table or qdisc is still there",
            Table = found.Table,
            Qdisc = found.Qdisc,
            RemainingMs = found.RemainingMs,
        };
}
