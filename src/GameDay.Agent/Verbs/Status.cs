using GameDay.Agent.Kernel;
using GameDay.Agent.Network;
using GameDay.Agent.Options;

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
        line.Allow("id", "probe");
        var names = new Names(line.Id());
        var probe = line.OptionalEndPoint("probe");
        try
        {
            var found = await Footprint.ReadAsync(new KernelReader(kernel), names, stop);
            var effect = await new ConnectTime(kernel).MeasureAsync(probe, LongestHold, stop);
            return Describe(found, effect, clock).Measured(sink.Kept(), effect);
        }
        catch (KernelProblem problem)
        {
            return new Evidence("status", names.Id, AgentState.Refused, clock.GetUtcNow()) { Reason = problem.Message };
        }
    }

    private static Evidence Describe(Footprint found, double? effect, TimeProvider clock) =>
        new("status", found.Names.Id, found.Clean ? AgentState.Clean : found.Live ? AgentState.Active : AgentState.Leaked, clock.GetUtcNow())
        {
            Reason = found.Clean || found.Live ? null : "inert, but its table or qdisc is still there",
            EffectMs = effect,
            Table = found.Table,
            Qdisc = found.Qdisc,
            RemainingMs = (long?)found.Remaining?.TotalMilliseconds,
        };
}
